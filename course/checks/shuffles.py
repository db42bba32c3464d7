"""Tell a shuffle from what only looks like one, by orders and shares seen in many runs.

Each function returns words: one right sentence, or what is wrong. A right answer is called wrong by
chance with a probability below 1e-9; comments derive it.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

Order = tuple[int, ...]

SAMPLES = 4
"""Samples of the tables whose order of visits is read."""
RUNS = 48
"""Calls from which orders or batches are read."""
DEALS = 128
"""Calls from which shares are read."""
MIN_SHARE = 0.9
"""The share of the cases from which on they are no accident."""

NEW_ORDERS = "every sample once an epoch, each time in a new order"
NEW_BATCHES = "every epoch deals its own batches"
DEALT = "every row gets into every set, whatever rows stand beside it"


def describe_orders(runs: Sequence[Sequence[Order]]) -> str:
    """Describe the orders in which `SAMPLES` samples are visited.

    Parameters
    ----------
    runs : sequence
        For each of `RUNS` calls the order of each of two epochs.
    """
    table = tuple(range(SAMPLES))
    orders = [order for run in runs for order in run]
    follow = [pair for run in runs for pair in pairwise(run)]
    if any(set(order) != set(table) for order in orders):
        return "some samples twice in an epoch, others never"
    if all(order == table for order in orders):
        return "every sample once an epoch, always as they stand in the table"
    if len({tuple(run) for run in runs}) == 1:
        return "every call visits the samples in the same orders, whatever rng has drawn before"
    # By chance two orders are equal once in 24 and alike, one the other turned or reversed, once in
    # 3. Of 48 pairs 44 are alike with probability 48C44 / 3**44 < 1e-15; of 96 orders even fewer.
    if _most(one == two for one, two in follow):
        return "every sample once an epoch, in one order for all epochs"
    if _most(_alike(one, two) for one, two in follow):
        return "every sample once an epoch, in an order that is only turned round or reversed"
    if _most(_alike(order, table) for order in orders):
        return "every sample once an epoch, the table only turned round or reversed"
    # A sample misses a place in 96 orders with probability (3/4)**96; 16 places: below 2e-11.
    if any(len(set(place)) < SAMPLES for place in zip(*orders, strict=True)):
        return "every sample once an epoch, but some samples never come early or never late"
    return NEW_ORDERS


def describe_batches(runs: Sequence[Sequence[Sequence[frozenset[int]]]]) -> str:
    """Describe the batches of two into which `SAMPLES` samples are cut.

    Parameters
    ----------
    runs : sequence
        For each of `RUNS` calls the batches of each of two epochs.
    """
    epochs = [frozenset(batches) for run in runs for batches in run]
    if any(set().union(*batches) != set(range(SAMPLES)) for batches in epochs):
        return "some samples twice in an epoch, others never"
    # There are three ways to pair four samples: the bounds are those of `describe_orders`.
    if _most(set(one) == set(two) for run in runs for one, two in pairwise(run)):
        return "the batches are the same in every epoch, in whatever order"
    # A pair is never together in 96 epochs with probability (2/3)**96; 6 pairs: below 1e-16.
    if len(set().union(*epochs)) < SAMPLES * (SAMPLES - 1) // 2:
        return "some samples never share a batch"
    return NEW_BATCHES


def describe_deals(deals: np.ndarray, names: Sequence[str]) -> str:
    """Describe how rows are dealt out to sets.

    Parameters
    ----------
    deals : ndarray of int, shape (runs, rows)
        The set that each row got into; `DEALS` runs, at most 16 rows.
    names : sequence of str
        The sets, each with a quarter of the rows at least.
    """
    if (deals == deals[0]).all():
        turns = np.count_nonzero(np.diff(deals[0], append=deals[0][:1]))
        same = "every split is the same, whatever rng has drawn before"
        return f"{same}: neighbours stay together" if turns <= len(names) else same
    for number, name in enumerate(names):
        # A row misses a set in 128 runs with probability (3/4)**128; 48 of them: below 5e-15.
        if not (deals == number).any(axis=0).all():
            return f"some rows never get into the {name} set"
    together = (deals[:, :, None] == deals[:, None, :]).mean(axis=0)
    sizes = np.array([(deals[0] == number).sum() for number in range(len(names))])
    rows = deals.shape[1]
    expected = (sizes * (sizes - 1)).sum() / (rows * (rows - 1))
    # Hoeffding: 128 runs are off by 0.33 with probability 2 exp(-2 · 128 · 0.33²) < 2e-12; there
    # are 120 pairs of rows: below 2e-10.
    if np.abs(together - expected)[~np.eye(rows, dtype=bool)].max() > 0.33:
        return "some rows nearly always get into one set together"
    return DEALT


def _most(cases: Iterable[bool]) -> bool:
    return bool(np.mean(list(cases)) > MIN_SHARE)


def _alike(one: Order, two: Order) -> bool:
    """Tell whether one order is the other, turned round or reversed."""
    turned = {two[k:] + two[:k] for k in range(len(two))}
    return one in turned or one[::-1] in turned
