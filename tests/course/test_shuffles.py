"""A shuffle is told from what only looks like one, whatever is drawn."""

from collections.abc import Callable

import numpy as np
import pytest

from course.checks import shuffles
from course.checks.shuffles import (
    DEALS,
    DEALT,
    NEW_BATCHES,
    NEW_ORDERS,
    RUNS,
    SAMPLES,
    describe_batches,
    describe_deals,
    describe_orders,
)

SEEDS = range(40)
NAMES = ("training", "validation", "test")
SHARES = np.repeat([0, 1, 2], [8, 4, 4])


def orders(epoch: Callable, seed: int) -> list[list[tuple[int, ...]]]:
    """Run `epoch(rng, order before)` twice a call."""
    rng, runs = np.random.default_rng(seed), []
    for _ in range(RUNS):
        one = epoch(rng, None)
        runs.append([tuple(map(int, order)) for order in (one, epoch(rng, one))])
    return runs


def batches(epoch: Callable, seed: int) -> list[list[list[frozenset[int]]]]:
    return [
        [[frozenset(order[:2]), frozenset(order[2:])] for order in run]
        for run in orders(epoch, seed)
    ]


def deals(deal: Callable, seed: int) -> np.ndarray:
    """Run `deal(rng)`, which returns the rows in an order to be cut into 8, 4 and 4."""
    rng, sets = np.random.default_rng(seed), np.zeros((DEALS, 16), dtype=int)
    for row in sets:
        row[deal(rng)] = SHARES
    return sets


def new(rng: np.random.Generator, before: object = None) -> np.ndarray:
    return rng.permutation(SAMPLES)


def test_a_shuffle_is_never_taken_for_anything_else() -> None:
    for seed in SEEDS:
        assert describe_orders(orders(new, seed)) == NEW_ORDERS
        assert describe_batches(batches(new, seed)) == NEW_BATCHES
        assert describe_deals(deals(lambda rng: rng.permutation(16), seed), NAMES) == DEALT


@pytest.mark.parametrize(
    ("epoch", "words"),
    [
        (lambda rng, before: range(SAMPLES), "always as they stand"),
        (
            lambda rng, before: [2, 0, 3, 1] if before is None else [1, 2, 0, 3],
            "in the same orders",
        ),
        (lambda rng, before: rng.integers(SAMPLES, size=SAMPLES), "some samples twice"),
        (lambda rng, before: new(rng) if before is None else before, "in one order for all"),
        (lambda rng, before: new(rng) if before is None else before[::-1], "turned round or rev"),
        (
            lambda rng, before: new(rng) if before is None else np.roll(before, rng.integers(4)),
            "in an order that is only turned round",
        ),
        (
            lambda rng, before: np.roll(np.arange(SAMPLES), rng.integers(SAMPLES)),
            "only turned round or reversed",
        ),
        (lambda rng, before: [*rng.permutation(3), 3], "never come early or never late"),
        (lambda rng, before: [*rng.permutation(2), *(2 + rng.permutation(2))], "never come early"),
    ],
)
def test_what_only_looks_like_a_new_order_is_named(epoch: Callable, words: str) -> None:
    for seed in SEEDS:
        assert words in describe_orders(orders(epoch, seed))


@pytest.mark.parametrize(
    ("epoch", "words"),
    [
        (lambda rng, before: rng.integers(SAMPLES, size=SAMPLES), "some samples twice"),
        (
            lambda rng, before: new(rng) if before is None else np.roll(before, 2),
            "the batches are the same in every epoch",
        ),
        (
            lambda rng, before: np.roll(np.arange(SAMPLES), rng.integers(SAMPLES)),
            "some samples never share a batch",
        ),
    ],
)
def test_what_only_looks_like_new_batches_is_named(epoch: Callable, words: str) -> None:
    for seed in SEEDS:
        assert words in describe_batches(batches(epoch, seed))


@pytest.mark.parametrize(
    ("deal", "words"),
    [
        (lambda rng: np.arange(16), "neighbours stay together"),
        (lambda rng: np.random.default_rng(0).permutation(16), "every split is the same"),
        (lambda rng: [*rng.permutation(12), *range(12, 16)], "never get into the training set"),
        (lambda rng: [*range(8), *(8 + rng.permutation(8))], "never get into the training set"),
        (
            lambda rng: [*sorted((order := rng.permutation(16))[:12]), *order[12:]],
            "never get into the training set",
        ),
        (lambda rng: np.roll(np.arange(16), rng.integers(16)), "into one set together"),
        (
            lambda rng: np.concatenate(np.split(np.arange(16), 4)[:: rng.choice([-1, 1])]),
            "never get into the",
        ),
        (
            lambda rng: np.arange(16).reshape(8, 2)[rng.permutation(8)].ravel(),
            "into one set together",
        ),
    ],
)
def test_what_only_looks_like_a_random_deal_is_named(deal: Callable, words: str) -> None:
    for seed in SEEDS:
        assert words in describe_deals(deals(deal, seed), NAMES)


def test_the_shares_of_cases_leave_room_for_chance() -> None:
    """The bound of `describe_orders`: 44 of 48 pairs alike, each with probability 1/3."""
    from math import comb

    least = next(k for k in range(RUNS + 1) if k / RUNS > shuffles.MIN_SHARE)
    assert least == 44
    tail = sum(comb(RUNS, k) * 2 ** (RUNS - k) for k in range(least, RUNS + 1)) / 3**RUNS
    assert tail < 1e-15
