"""Probes of unit 01."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from course.checks.check import child_generator, exercise
from course.checks.observation import Observation, call, invariant, refuses

UNIT = "01_linear_regression"

SIZES = ((6, 2), (5, 3), (4, 4), (1, 1))
"""Shapes of tables: tall, square (where a transpose has the right shape) and smallest."""


@exercise()
def predict(predict: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the predictions of a linear hypothesis on tables of several sizes."""
    for m, n in SIZES:
        yield call(predict, X=rng.normal(size=(m, n)), theta=rng.normal(size=n))
    yield call(predict, X=[[1, 2], [1, 3], [1, 5]], theta=[0, 1])
    yield refuses(predict, "theta has no entry for each column of X", [[1.0, 2.0]], [1.0, 2.0, 3.0])


@exercise()
def cost(cost: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the cost of a linear hypothesis on tables of several sizes."""
    yield from _fits(cost, rng)


@exercise()
def gradient(gradient: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the gradient of the cost on tables of several sizes."""
    yield from _fits(gradient, rng)


def _fits(function: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    for m, n in SIZES:
        yield call(
            function, X=rng.normal(size=(m, n)), y=rng.normal(size=m), theta=rng.normal(size=n)
        )
    yield call(function, X=[[1, 2], [1, 3], [1, 4]], y=[1, 1, 2], theta=[0, 1])
    yield refuses(function, "y has another length than X has rows", [[1.0], [2.0]], [1.0], [1.0])


@exercise()
def gradient_descent(gradient_descent: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the final theta, the costs on the way, and when the descent stops."""
    X, y = rng.normal(size=(8, 3)), 3 + rng.normal(size=8)
    start = rng.normal(size=3)
    alpha = 0.5 / np.linalg.eigvalsh(X.T @ X / 8)[-1]
    yield call(gradient_descent, parts=("theta", "costs"), X=X, y=y, alpha=alpha, n_iter=4)
    yield call(
        gradient_descent,
        parts=("theta", "costs"),
        X=X,
        y=y,
        alpha=alpha,
        n_iter=4,
        tol=0.0,
        theta0=start,
    )
    # One column and no noise: the gradient starts negative, so a stopping test without absolute
    # values stops too early.
    column, slope = rng.normal(size=(8, 1)), rng.uniform(2, 4)
    half = 0.5 / float(column[:, 0] @ column[:, 0] / 8)
    yield call(
        gradient_descent,
        parts=("theta", "costs"),
        X=column,
        y=slope * column[:, 0],
        alpha=half,
        n_iter=40,
        tol=0.01,
    )
    # Three gradient components of different size shrink by a twentieth a step: the largest, the
    # smallest and the first, their mean, norm and sum fall below tol at different steps.
    even, size = np.sqrt(8) * np.linalg.qr(rng.normal(size=(8, 3)))[0], rng.uniform(2, 4)
    target = even @ (size * np.array([0.85, 1.0, 0.3]))
    yield call(
        gradient_descent,
        parts=("theta", "costs"),
        X=even,
        y=target,
        alpha=0.05,
        n_iter=60,
        tol=size / 4,
    )
    yield call(
        gradient_descent,
        parts=("theta", "costs"),
        X=[[1, 0], [1, 1]],
        y=[1, 3],
        alpha=0.5,
        n_iter=1,
    )
    yield refuses(gradient_descent, "alpha is not above 0", X, y, 0.0, 4)
    yield refuses(gradient_descent, "n_iter is below 0", X, y, 0.1, -1)


@exercise()
def standardize(standardize: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe standardised tables, also one with a constant column."""
    for m, n in ((6, 3), (3, 5)):
        scale, shift = 10.0 ** rng.uniform(-2, 3, size=n), rng.uniform(1, 50, size=n)
        yield call(
            standardize, parts=("Z", "mean", "std"), X=scale * (rng.normal(size=(m, n)) + shift)
        )
    yield call(standardize, parts=("Z", "mean", "std"), X=[[1, 2], [3, 6]])
    constant = np.column_stack([np.full(6, float(rng.integers(2, 9))), rng.normal(size=6)])
    yield Observation(
        "Z = standardize(X)[0], where the first column of X is constant",
        lambda: np.asarray(standardize(constant.copy())[0]),
    )
    yield invariant(
        "Z * std + mean gives X back, also where a column is constant",
        lambda: _inverts(standardize, constant),
    )
    yield refuses(standardize, "X is not a table", [1.0, 2.0])


def _inverts(standardize: Callable, X: np.ndarray) -> bool:
    Z, mean, std = standardize(X.copy())
    return np.allclose(np.asarray(Z) * std + mean, X, rtol=1e-6)


@exercise("mse", "mae", "mape")
def losses(
    mse: Callable, mae: Callable, mape: Callable, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe three losses on the same targets and predictions, some targets negative."""
    m = 7
    y = rng.uniform(1, 4, size=m) * np.where(np.arange(m) % 3 == 0, -1, 1)
    prediction = y * rng.uniform(0.6, 1.6, size=m)
    for loss, name in ((mse, "mse"), (mae, "mae"), (mape, "mape")):
        yield call(loss, by=name, y=y, prediction=prediction)
        yield call(loss, by=name, y=[1, 2, 4], prediction=[2, 2, 3])
        yield refuses(loss, "y and prediction differ in length", [1.0, 2.0], [1.0])
    yield refuses(mape, "a target is 0", [0.0, 1.0], [1.0, 1.0])


@exercise()
def sgd(sgd: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe what does not depend on the order drawn from `rng`."""
    m = int(rng.integers(10, 13)) * 4 + 2  # batches of 4: the last one is short
    sample, target = rng.normal(size=2), rng.uniform(1, 3)
    yield call(
        sgd,
        X=np.tile(sample, (m, 1)),
        y=np.full(m, target),
        alpha=0.02,
        batch_size=4,
        epochs=2,
        rng=child_generator(rng),
    )
    lone = child_generator(rng)
    yield Observation(
        f"how far each of {m} samples moves its own entry of theta, in batches of 4 and in order "
        "of size",
        lambda: np.sort(np.asarray(sgd(np.eye(m), np.ones(m), 1.0, 4, 1, lone))),
    )
    orders = child_generator(rng)
    yield Observation(
        "the order in which sgd visits the samples", lambda: _visiting_order(sgd, orders)
    )
    pairs, zero = child_generator(rng), rng.permutation(24) < 12
    yield invariant(
        "each row of X meets its own entry of y, whatever the order",
        lambda: _keeps_pairs(sgd, zero, pairs),
    )
    X, y = rng.normal(size=(9, 2)), rng.normal(size=9)
    one, two = (int(seed) for seed in rng.integers(2**32, size=2))

    def run(seed: int) -> np.ndarray:
        return np.asarray(sgd(X.copy(), y.copy(), 0.1, 3, 2, np.random.default_rng(seed)))

    yield invariant(
        "two runs with equal generators agree", lambda: np.array_equal(run(one), run(one))
    )
    yield invariant("another generator, another order", lambda: not np.allclose(run(one), run(two)))
    yield refuses(sgd, "batch_size is 0", X, y, 0.1, 0, 1, child_generator(rng))
    yield refuses(
        sgd, "batch_size is above the number of rows", X, y, 0.1, 10, 1, child_generator(rng)
    )
    yield refuses(sgd, "alpha is not above 0", X, y, -0.1, 3, 1, child_generator(rng))


def _visiting_order(sgd: Callable, rng: np.random.Generator) -> str:
    """Describe the order of visits, read from the digits of theta.

    With inputs 1, batches of one and alpha = 4/5, a step is theta ← theta/5 + 4/5 y. With targets
    0 to 4 the digits of theta in base 5 are then the samples visited, the first one last.
    """
    samples, epochs = 5, 3
    visits = samples * epochs
    theta = sgd(np.ones((samples, 1)), np.arange(samples, dtype=float), 0.8, 1, epochs, rng)
    number = float(np.asarray(theta).reshape(-1)[0]) / 0.8 * 5.0 ** (visits - 1)
    whole = round(number)
    if abs(number - whole) > 0.01 or not 0 <= whole < 5**visits:
        return "none: a step is not moved by one sample alone"
    order = [whole // 5**k % 5 for k in range(visits)]
    rounds = [tuple(order[i : i + samples]) for i in range(0, visits, samples)]
    if any(set(visited) != set(range(samples)) for visited in rounds):
        return "some samples twice in an epoch, others never"
    if len(set(rounds)) > 1:
        return "every sample once an epoch, each time in a new order"
    if rounds[0] == tuple(range(samples)):
        return "every sample once an epoch, always as they stand in the table"
    return "every sample once an epoch, in one order for all epochs"


def _keeps_pairs(sgd: Callable, zero: np.ndarray, rng: np.random.Generator) -> bool:
    """With X the identity, sample i moves component i only, and not at all if its target is 0."""
    theta = np.asarray(sgd(np.eye(len(zero)), np.where(zero, 0.0, 1.0), 0.5, 4, 1, rng))
    return theta.shape == zero.shape and not theta[zero].any()


@exercise()
def split(split: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the rows of each part, in any order."""
    even, odd = 8 * int(rng.integers(4, 7)), 10 * int(rng.integers(3, 5)) + 1
    generators = [child_generator(rng) for _ in range(5)]
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
            np.array_equal(X[:, 0], y) for X, y in split(*_rows(even), halves, generators[2])
        ),
    )
    yield invariant(
        "the rows are shuffled before they are shared out",
        lambda: not _is_contiguous(split(*_rows(even), halves, generators[3])[0][1], even),
    )
    one, two = (int(seed) for seed in rng.integers(2**32, size=2))

    def training_targets(seed: int) -> list[float]:
        parts = split(*_rows(even), halves, np.random.default_rng(seed))
        return sorted(float(item) for item in parts[0][1])

    yield invariant(
        "two splits with equal generators agree",
        lambda: training_targets(one) == training_targets(one),
    )
    yield invariant(
        "another generator, another split", lambda: training_targets(one) != training_targets(two)
    )
    table = _rows(8)
    yield refuses(
        split, "the fractions do not sum to 1", *table, (0.5, 0.4, 0.3), child_generator(rng)
    )
    yield refuses(
        split, "X and y differ in length", table[0], table[1][1:], halves, child_generator(rng)
    )


def _rows(m: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a table whose first column, like y, is the number of the row."""
    number = np.arange(m, dtype=float)
    return np.column_stack([number, number**2]), number


def _is_contiguous(rows: Any, m: int) -> bool:
    """Tell whether rows are contiguous in the table, which may wrap around its end."""
    numbers = np.sort(np.asarray(rows, dtype=float).reshape(-1))
    return bool((np.diff(numbers, append=numbers[0] + m) > 1).sum() <= 1)


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
        yield call(
            fit_and_test,
            parts=("theta", "error"),
            train=train,
            test=test,
            alpha=alpha,
            n_iter=n_iter,
        )
