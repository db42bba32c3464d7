"""In which order recall visits the spins, read from the states it ends in."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

SPINS, SEEDS, FURTHER = 16, 4, 12
"""Spins of a network; generators whose orders are read in full, and in part."""

Order = tuple[int, ...]


def describe_orders(recall: Callable, seeds: Sequence[int]) -> str:
    """Describe how the orders of two sweeps are drawn, for `SEEDS + FURTHER` generators.

    Each answer but the last has a probability below 1e-9 for orders that are drawn evenly and anew.

    - Two orders of 16 spins are equal once in 16!, two of 15 once in 15!, about 1e12.
    - In a random order the number of neighbours in the table that are visited one after the other
      has mean 2 and is nearly Poisson's, so that of 4 orders has mean 8; it exceeds 32 once in
      1e10. Of an order rolled or reversed it is 60 or more. The same holds for the second order
      against the first.
    - Eight spins in a row are visited by rising numbers, or by falling ones, in one order less than
      once in 8!/18 = 2240, in all four less than once in 2e13.
    - Of the first 8 spins visited 4 belong to the first half of the table on average. Over 12
      generators that is 48 of 96 draws without replacement; by Hoeffding's inequality it is off by
      34 or more with a probability below 2 exp(−2 · 34²/96) = 7e-11.
    - A certain spin is the first or the last in all 12 orders once in 16¹¹, for both 2e-13.
    """
    first = [read_first(recall, seed) for seed in seeds[:SEEDS]]
    if None in first:
        return "none: not every spin is visited once a sweep"
    second = [
        read_second(recall, seed, order) for seed, order in zip(seeds, first, strict=False) if order
    ]
    table = tuple(range(SPINS))
    known = [order for order in first if order]
    if all(order == table for order in known):
        return "always from the first spin to the last"
    if len(set(known)) == 1:
        return "one order, whatever the generator"
    if all(_longest_run(order) >= SPINS // 2 for order in known):
        return "half of the spins are visited by rising or falling numbers"
    pairs = [(a, b) for a, b in zip(known, second, strict=True) if b]
    if pairs and all(b == tuple(i for i in a if i != a[-1]) for a, b in pairs):
        return "one order, drawn once and used in every sweep"
    if sum(_kept_neighbours(table, order) for order in known) > 8 * SEEDS:
        return "neighbours in the table follow each other"
    if sum(_kept_neighbours(a[:-1], b) for a, b in pairs) > 8 * SEEDS:
        return "the second sweep's order follows from the first's"
    return _describe_ends(recall, seeds[SEEDS : SEEDS + FURTHER])


def _describe_ends(recall: Callable, seeds: Sequence[int]) -> str:
    """Describe which spins come first, last and in the first half, for many generators."""
    early = [visited(recall, seed, SPINS // 2) for seed in seeds]
    ends = [visited(recall, seed, 1) for seed in seeds]
    ends_last = [set(range(SPINS)) - visited(recall, seed, SPINS - 1) for seed in seeds]
    low = sum(len(found & set(range(SPINS // 2))) for found in early)
    if abs(low - SPINS // 4 * len(seeds)) >= 34:
        return "one half of the spins is always visited before the other"
    for found, place in ((ends, "first"), (ends_last, "last")):
        if all(spins == found[0] for spins in found):
            return f"the same spin is always the {place}"
    return "drawn anew for every sweep"


def visited(recall: Callable, seed: int, count: int, sweeps: int = 1) -> set[int]:
    """Return the spins that are visited first in the first of some sweeps, `count` of them.

    Every spin wants to differ from all others, with a threshold so high that in a sweep from all
    +1 the first `count` turn over: the k-th visited one feels k − 1 that did and SPINS − k that
    did not. Further sweeps change nothing.
    """
    W = np.eye(SPINS) - 1
    theta = np.full(SPINS, 2.0 * count - SPINS)
    s, _ = recall(np.ones(SPINS), W, theta, np.random.default_rng(seed), sweeps)
    return set(np.flatnonzero(np.asarray(s) < 0).tolist())


def read_first(recall: Callable, seed: int) -> Order | None:
    """Return the order of the first of two sweeps; None if it ends in states that no order has.

    Orders may be drawn before the first sweep: so the number of sweeps is that of `read_second`.
    """
    found = [visited(recall, seed, count, sweeps=2) for count in range(1, SPINS)]
    return _in_order(found, range(SPINS))


def read_second(recall: Callable, seed: int, first: Order) -> Order | None:
    """Return the order of the second sweep, without the spin that is the last in the `first`.

    That one holds all others up until it turns over at the end of the first sweep; the others
    then turn over as in `visited`.
    """
    last, others = first[-1], [i for i in range(SPINS) if i != first[-1]]
    W = np.eye(SPINS) - 1
    W[last, others] = W[others, last] = SPINS
    found = []
    for count in range(1, len(others)):
        theta = np.full(SPINS, 2.0 * count - len(others) - SPINS)
        theta[last] = SPINS * SPINS
        s, _ = recall(np.ones(SPINS), W, theta, np.random.default_rng(seed), 2)
        found.append(set(np.flatnonzero(np.asarray(s) < 0).tolist()) - {last})
    return _in_order(found, others)


def _in_order(found: Sequence[set[int]], spins: Sequence[int]) -> Order | None:
    """Return the order in which spins join growing sets, of one spin, two spins, and so on."""
    order: list[int] = []
    for joined in [*found, set(spins)]:
        new = joined - set(order)
        if len(new) != 1 or len(joined) != len(order) + 1:
            return None
        order += new
    return tuple(order)


def _kept_neighbours(one: Sequence[int], other: Sequence[int]) -> int:
    """Count neighbours in a ring of `one` that are neighbours in a ring of `other`, either way."""
    place = {spin: k for k, spin in enumerate(one)}
    steps = [
        (place[a] - place[b]) % len(one) for a, b in zip(other, [*other[1:], other[0]], strict=True)
    ]
    return sum(step in (1, len(one) - 1) for step in steps)


def _longest_run(order: Order) -> int:
    """Return how many spins in a row are visited in rising order, or in falling order."""
    longest, runs = 1, {True: 1, False: 1}
    for one, other in pairwise(order):
        rises = other > one
        runs[rises], runs[not rises] = runs[rises] + 1, 1
        longest = max(longest, runs[rises])
    return longest
