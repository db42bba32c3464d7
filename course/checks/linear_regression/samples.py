"""Probes of unit 01 for mini-batches, for the three sets, and for the fit that uses them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from course.checks.check import child_generator, exercise
from course.checks.observation import Observation, call, call_again, invariant, refuses
from course.checks.shuffles import (
    DEALS,
    RUNS,
    SAMPLES,
    describe_batches,
    describe_deals,
    describe_orders,
)

UNIT = "01_linear_regression"


@exercise()
def sgd(sgd: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe what does not depend on the order drawn from `rng`."""
    m = int(rng.integers(10, 13)) * 4 + 2  # batches of 4: the last one is short
    sample, target = rng.normal(size=2), rng.uniform(1, 3)
    yield from call_again(
        sgd,
        {"alpha": 0.03, "batch_size": 7, "epochs": 3},
        X=np.tile(sample, (m, 1)),
        y=np.full(m, target),
        alpha=0.02,
        batch_size=4,
        epochs=2,
        rng=child_generator(rng),
    )
    X, y = rng.normal(size=(11, 9)), rng.normal(size=11)
    yield from call_again(
        sgd,
        {"X": X + 0.1, "y": y + 1},
        X=X,
        y=y,
        alpha=0.05,
        batch_size=11,
        epochs=2,
        rng=child_generator(rng),
    )
    lone = child_generator(rng)
    yield Observation(
        f"how far each of {m} samples moves its own entry of theta, in batches of 4 and in order "
        "of size",
        lambda: np.sort(np.asarray(sgd(np.eye(m), np.ones(m), 1.0, 4, 1, lone))),
    )
    orders, batches = child_generator(rng), child_generator(rng)
    yield Observation(
        "the order in which sgd visits the samples", lambda: _visiting_order(sgd, orders)
    )
    yield Observation("which samples share a batch", lambda: _batches(sgd, batches))
    pairs, zero = child_generator(rng), rng.permutation(24) < 12
    yield invariant(
        "each row of X meets its own entry of y, whatever the order",
        lambda: _keeps_pairs(sgd, zero, pairs),
    )
    whole: dict[str, Any] = {"X": [[1, 0], [1, 1], [1, 3]], "y": [1, 2, 5]}
    yield call(sgd, **whole, alpha=0.1, batch_size=3, epochs=2, rng=child_generator(rng))
    X, y = rng.normal(size=(9, 2)), rng.normal(size=9)
    seeds = [int(seed) for seed in rng.integers(2**32, size=4)]

    def run(seed: int) -> np.ndarray:
        return np.asarray(sgd(X.copy(), y.copy(), 0.1, 3, 2, np.random.default_rng(seed)))

    yield invariant(
        "two runs with equal generators agree", lambda: np.array_equal(run(seeds[0]), run(seeds[0]))
    )
    # Two epochs of three batches are equal once in 1680²: three runs are so once in 10¹⁹.
    yield invariant(
        "another generator, another order",
        lambda: not all(np.allclose(run(seeds[0]), run(seed)) for seed in seeds[1:]),
    )
    # Fewer samples than features, so that neither number passes for the other.
    wide, two = rng.normal(size=(2, 4)), rng.normal(size=2)
    yield call(sgd, X=wide, y=two, alpha=0.1, batch_size=2, epochs=2, rng=child_generator(rng))
    yield refuses(sgd, "batch_size is 0", X, y, 0.1, 0, 1, child_generator(rng))
    yield refuses(
        sgd, "batch_size is above the number of rows", X, y, 0.1, 10, 1, child_generator(rng)
    )
    yield refuses(sgd, "alpha is not above 0", X, y, -0.1, 3, 1, child_generator(rng))
    yield refuses(sgd, "epochs is below 0", X, y, 0.1, 3, -1, child_generator(rng))
    yield refuses(sgd, "X and y differ in length", X, y[:1], 0.1, 1, 1, child_generator(rng))


def _visiting_order(sgd: Callable, rng: np.random.Generator) -> str:
    """Describe the orders of visits in batches of one, read from the digits of theta."""
    runs = []
    for _ in range(RUNS):
        digits = _digits(sgd, range(SAMPLES), 1, SAMPLES, rng)
        if digits is None:
            return "none: a step is not moved by one sample alone"
        runs.append([tuple(digits[:SAMPLES]), tuple(digits[SAMPLES:])])
    return describe_orders(runs)


def _batches(sgd: Callable, rng: np.random.Generator) -> str:
    """Describe the batches of two: the targets are such that each pair has a sum of its own."""
    targets = (0, 1, 2, 4)
    pairs = {targets[i] + targets[j]: frozenset((i, j)) for j in range(4) for i in range(j)}
    runs = []
    for _ in range(RUNS):
        digits = _digits(sgd, targets, 2, 7, rng)
        if digits is None or not pairs.keys() >= set(digits):
            return "none: a step is not moved by two samples alone"
        batches = [pairs[digit] for digit in digits]
        runs.append([batches[:2], batches[2:]])
    return describe_batches(runs)


def _digits(
    sgd: Callable, targets: Sequence[int], batch_size: int, base: int, rng: np.random.Generator
) -> list[int] | None:
    """Return the sum of the targets in each batch of two epochs; None if theta is made of no such.

    With inputs 1 and alpha = 1 − 1/base, a step is theta ← theta/base + alpha · mean of y. So the
    digits of theta in this base are the batches, the last one first. They are read from at most
    eight steps, so that a gradient by differences is exact enough.
    """
    steps, alpha = 2 * len(targets) // batch_size, 1 - 1 / base
    X, y = np.ones((len(targets), 1)), np.array(targets, dtype=float)
    theta = np.asarray(sgd(X, y, alpha, batch_size, 2, rng), dtype=float)
    number = float(theta.reshape(-1)[0]) * batch_size / alpha * base ** (steps - 1)
    whole = round(number) if np.isfinite(number) else -1
    if abs(number - whole) > 0.1 or not 0 <= whole < base**steps:
        return None
    return [whole // base**k % base for k in range(steps)]


def _keeps_pairs(sgd: Callable, zero: np.ndarray, rng: np.random.Generator) -> bool:
    """With X the identity, sample i moves component i only, and not at all if its target is 0."""
    theta = np.asarray(sgd(np.eye(len(zero)), np.where(zero, 0.0, 1.0), 0.5, 4, 1, rng))
    return theta.shape == zero.shape and bool(np.abs(theta[zero]).max() < 1e-3)


@exercise()
def split(split: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the rows of each part, in any order."""
    even, odd = 8 * int(rng.integers(4, 7)), 10 * int(rng.integers(3, 5)) + 1
    generators = [child_generator(rng) for _ in range(6)]
    halves, thirds = (0.5, 0.375, 0.125), (0.65, 0.25, 0.1)
    yield Observation(
        f"what split gives for {even} rows and fractions {halves}, three pairs (X, y) of "
        f"{even // 2}, {even * 3 // 8} and {even // 8} rows",
        lambda: _describe_parts(split(*_rows(even), halves, generators[0])),
    )
    yield Observation(
        f"how split shares out {odd} rows by fractions {thirds}",
        lambda: _describe_split(split(*_rows(odd), thirds, generators[1]), odd),
    )
    yield invariant(
        "each row of X keeps its own entry of y",
        lambda: all(
            np.array_equal(np.asarray(X)[:, 0], y)
            for X, y in split(*_rows(even), halves, generators[2])
        ),
    )
    yield Observation(
        f"where the rows get to in {DEALS} splits", lambda: _deals(split, generators[3])
    )
    yield Observation(
        "what split gives for lists",
        lambda: _describe_parts(
            split(*(part.tolist() for part in _rows(8)), list(halves), generators[4])
        ),
    )
    seeds = [int(seed) for seed in rng.integers(2**32, size=3)]
    # Quarters, of either sign, that single precision holds exactly; no two of y are equal.
    X = (40 * rng.normal(size=(16, 2))).round() / 4
    y = 1.25 * (np.argsort(rng.normal(size=16)) - 8)
    yield Observation(
        "what split gives for other X, other y and other fractions",
        lambda: _follow_inputs(split, X, y, seeds[2]),
    )

    def targets(seed: int) -> list[list[float]]:
        parts = split(*_rows(even), halves, np.random.default_rng(seed))
        return [np.asarray(y).tolist() for _, y in parts]

    yield invariant(
        "two splits with equal generators agree", lambda: targets(seeds[0]) == targets(seeds[0])
    )
    # 32 rows have more than 10¹⁷ splits into sets.
    yield invariant(
        "another generator, another split",
        lambda: not _same_sets(targets(seeds[0]), targets(seeds[1])),
    )
    table = _rows(8)
    yield refuses(
        split, "the fractions do not sum to 1", *table, (0.5, 0.4, 0.3), child_generator(rng)
    )
    two = (0.5, 0.5)
    yield refuses(split, "there are two fractions", *table, two, child_generator(rng))
    yield refuses(
        split, "X and y differ in length", table[0], table[1][1:], halves, child_generator(rng)
    )


def _rows(m: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a table whose first column, like y, is the number of the row."""
    number = np.arange(m, dtype=float)
    return np.column_stack([number, number**2]), number


def _follow_inputs(split: Callable, X: np.ndarray, y: np.ndarray, seed: int) -> str:
    """Describe the parts of four tables in turn, each split by a generator like the others'."""
    shares, none, found = (0.5, 0.25, 0.25), np.zeros(0), []
    for shift, lift, fractions in (
        (0, 0, shares),
        (100, 0, shares),
        (0, 100, shares),
        (0, 0, (0.25, 0.5, 0.25)),
    ):
        parts = split(X + shift, y + lift, fractions, np.random.default_rng(seed))
        known = {lifted: row for lifted, row in zip(y + lift, X + shift, strict=True)}
        rows = [(known.get(b, none), a) for A, B in parts for a, b in zip(A, B, strict=True)]
        belongs = all(np.array_equal(*pair) for pair in rows)
        sizes = ", ".join(str(len(B)) for _, B in parts)
        found.append(sizes if belongs else "rows of another table")
    return "; ".join(found)


def _same_sets(one: list[list[float]], other: list[list[float]]) -> bool:
    return [sorted(rows) for rows in one] == [sorted(rows) for rows in other]


def _deals(split: Callable, rng: np.random.Generator) -> str:
    """Describe in which set each of 16 rows ends, in many splits by one generator."""
    deals = np.full((DEALS, 16), -1)
    for deal in deals:
        for number, (_, y) in enumerate(split(*_rows(16), (0.5, 0.25, 0.25), rng)):
            deal[np.asarray(y).reshape(-1).astype(int)] = number
    return describe_deals(deals, ("training", "validation", "test"))


def _describe_parts(parts: Sequence[Any]) -> str:
    """Describe the parts: the shapes of X and of y in each."""
    if not all(isinstance(part, tuple | list) and len(part) == 2 for part in parts):
        return f"{len(parts)} items that are not pairs"
    return ", ".join(f"X {np.shape(X)} with y {np.shape(y)}" for X, y in parts)


def _describe_split(parts: Sequence[Any], m: int) -> str:
    """Describe where the rows go: lost, repeated or in exactly one part."""
    counts = [np.bincount(np.asarray(y).reshape(-1).astype(int), minlength=m) for _, y in parts]
    problems = []
    if (np.sum(counts, axis=0) == 0).any():
        problems.append("some rows are lost")
    if (np.max(counts, axis=0) > 1).any():
        problems.append("some rows are more than once in a part")
    elif (np.sum(counts, axis=0) > 1).any():
        problems.append("some rows are in more than one part")
    return " and ".join(problems) or "every row is in exactly one part"


@exercise()
def fit_and_test(fit_and_test: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe fit and error for test rows that differ from the training rows."""
    # Four hundred steps reach the least-squares fit; seven do not.
    for m, scale, shift, alpha, n_iter in (
        (16, (1.0, 200.0), (5.0, 2000.0), 0.5, 400),
        (12, (0.3,), (2.0,), 0.3, 7),
    ):
        n = len(scale)
        slope, offset = rng.uniform(1, 3, size=n) / scale, rng.uniform(5, 9)
        tables = [
            np.asarray(scale) * rng.normal(spread, 1 + spread, size=(rows, n)) + shift
            for rows, spread in ((m, 0), (6, 1))
        ]
        train, test = ((X, X @ slope + offset + rng.normal(size=len(X))) for X in tables)
        yield from call_again(
            fit_and_test,
            {"train": (train[0], train[1] + 1), "test": train, "alpha": 0.1, "n_iter": 3},
            parts=("theta", "error"),
            train=train,
            test=test,
            alpha=alpha,
            n_iter=n_iter,
        )
    lists = ([[1], [2], [4]], [1, 3, 4]), ([[3], [5]], [3, 6])
    yield call(
        fit_and_test,
        parts=("theta", "error"),
        train=lists[0],
        test=lists[1],
        alpha=0.5,
        n_iter=20,
    )
    yield refuses(fit_and_test, "X and y of the test set differ", lists[0], ([[3]], [1, 2]), 0.5, 9)
    yield refuses(
        fit_and_test, "X and y of the training set differ", ([[3]], [1] * 2), lists[1], 0.5, 9
    )
