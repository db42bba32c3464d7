"""Hidden tests of unit 01."""

from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace

import numpy as np

from autograder.hidden_tests.hidden_test import hidden_test
from course.checks import linear_regression as check
from course.checks.observation import Observation, invariant


def _problem(rng: np.random.Generator, m: int, n: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Draw a regression problem and its largest curvature λ_max."""
    X, y = rng.normal(size=(m, n)), rng.normal(2, 1, size=m)
    return X, y, float(np.linalg.eigvalsh(X.T @ X / m)[-1])


@hidden_test(check.predict)
def predict(
    predict: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Linear in theta, row by row, for any number of columns."""
    X, one, two = rng.normal(size=(7, 5)), rng.normal(size=5), rng.normal(size=5)
    order = rng.permutation(7)
    yield invariant(
        "predictions add when parameters add",
        lambda: np.allclose(
            predict(X, one + 2 * two),
            np.asarray(predict(X, one)) + 2 * np.asarray(predict(X, two)),
        ),
    )
    yield invariant(
        "rows in another order give the same predictions in that order",
        lambda: np.allclose(predict(X[order], one), np.asarray(predict(X, one))[order]),
    )


@hidden_test(check.cost)
def cost(cost: Callable, rng: np.random.Generator, right: SimpleNamespace) -> Iterator[Observation]:
    """Zero exactly where the fit is exact; quadratic in the residuals."""
    X, theta, residual = rng.normal(size=(7, 3)), rng.normal(size=3), rng.normal(size=7)
    exact = X @ theta
    yield invariant("the cost of an exact fit is 0", lambda: abs(cost(X, exact, theta)) < 1e-12)
    yield invariant("any misfit costs something", lambda: cost(X, exact + residual, theta) > 1e-6)
    yield invariant(
        "doubling every residual makes the cost four times as large",
        lambda: np.isclose(
            cost(X, exact + 2 * residual, theta), 4 * cost(X, exact + residual, theta)
        ),
    )


@hidden_test(check.gradient)
def gradient(
    gradient: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Equal to finite differences of the cost; zero at the least-squares solution."""
    X, y, _ = _problem(rng, 9, 4)
    theta, best = rng.normal(size=4), np.linalg.lstsq(X, y)[0]
    steps = 1e-4 * np.eye(4)
    differences = [
        (right.cost(X, y, theta + h) - right.cost(X, y, theta - h)) / 2e-4 for h in steps
    ]
    yield invariant(
        "the gradient equals finite differences of the cost",
        lambda: np.allclose(gradient(X, y, theta), differences, rtol=1e-6),
    )
    yield invariant(
        "the gradient vanishes where least squares has its minimum",
        lambda: np.allclose(gradient(X, y, best), 0, atol=1e-6),
    )


@hidden_test(check.gradient_descent)
def gradient_descent(
    gradient_descent: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Reaches least squares below 2/λ_max without ever rising, diverges above, stops at tol."""
    X, y, top = _problem(rng, 20, 3)
    start, best = rng.normal(size=3), np.linalg.lstsq(X, y)[0]

    def descend(rate: float, steps: int, tol: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
        theta, costs = gradient_descent(X, y, rate / top, steps, tol, start.copy())
        return np.asarray(theta), np.asarray(costs)

    yield invariant(
        "below 2/λ_max the descent ends at the least-squares solution",
        lambda: np.allclose(descend(1.0, 400)[0], best, atol=1e-4),
    )
    yield invariant(
        "below 2/λ_max the cost never rises",
        lambda: bool((np.diff(descend(1.9, 60)[1]) <= 1e-12).all()),
    )
    yield invariant(
        "above 2/λ_max the cost grows without bound",
        lambda: descend(2.4, 80)[1][-1] > 1e3 * descend(2.4, 80)[1][0],
    )
    yield invariant(
        "costs begins with the cost of theta0 and ends with the cost of the theta returned",
        lambda: np.allclose(
            descend(0.5, 6)[1][[0, -1]],
            [right.cost(X, y, start), right.cost(X, y, descend(0.5, 6)[0])],
        ),
    )
    yield invariant(
        "with tol, the descent stops early, where the gradient is below tol",
        lambda: (
            len(descend(1.0, 2000, 1e-3)[1]) < 2000
            and np.abs(right.gradient(X, y, descend(1.0, 2000, 1e-3)[0])).max() < 1e-3
        ),
    )


@hidden_test(check.standardize)
def standardize(
    standardize: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Zero mean, unit variance, exact inverse."""
    X = rng.uniform(1, 100, size=3) * rng.normal(4, 1, size=(9, 3))
    yield invariant(
        "every column of Z has mean 0",
        lambda: np.allclose(np.mean(standardize(X)[0], axis=0), 0, atol=1e-6),
    )
    yield invariant(
        "every column of Z has variance 1",
        lambda: np.allclose(np.var(standardize(X)[0], axis=0), 1, rtol=1e-5),
    )
    yield invariant("Z * std + mean gives X back", lambda: _returns(standardize, X))


def _returns(standardize: Callable, X: np.ndarray) -> bool:
    Z, mean, std = standardize(X)
    return np.allclose(np.asarray(Z) * std + mean, X, rtol=1e-6)


@hidden_test(check.losses)
def losses(
    mse: Callable,
    mae: Callable,
    mape: Callable,
    rng: np.random.Generator,
    right: SimpleNamespace,
) -> Iterator[Observation]:
    """How each loss answers a change of units, and their order."""
    y = rng.uniform(1, 5, size=8) * rng.choice([-1, 1], size=8)
    prediction = y + rng.normal(size=8)
    for loss, name, factor in ((mse, "mse", 9), (mae, "mae", 3), (mape, "mape", 1)):
        yield invariant(
            f"in units three times smaller {name} becomes {factor} times as large",
            partial(_scales, loss, y, prediction, factor),
        )
        yield invariant(f"{name} is 0 where every prediction is right", partial(_vanishes, loss, y))
    yield invariant(
        "mae is never above the root of mse",
        lambda: mae(y, prediction) <= np.sqrt(mse(y, prediction)) + 1e-12,
    )


def _scales(loss: Callable, y: np.ndarray, prediction: np.ndarray, factor: float) -> bool:
    return bool(np.isclose(loss(3 * y, 3 * prediction), factor * loss(y, prediction)))


def _vanishes(loss: Callable, y: np.ndarray) -> bool:
    return abs(loss(y, y)) < 1e-12


@hidden_test(check.sgd)
def sgd(sgd: Callable, rng: np.random.Generator, right: SimpleNamespace) -> Iterator[Observation]:
    """One batch of all samples is gradient descent; exact data are fitted exactly."""
    X, y, top = _problem(rng, 10, 3)
    seeds = [int(seed) for seed in rng.integers(2**32, size=2)]
    alpha = 0.3 / top
    # Orthogonal columns: every direction is as steep as every other, so that few epochs suffice.
    even, theta = np.sqrt(10) * np.linalg.qr(rng.normal(size=(10, 2)))[0], rng.normal(size=2)
    yield invariant(
        "with batch_size = m sgd is gradient descent",
        lambda: np.allclose(
            sgd(X, y, alpha, 10, 7, np.random.default_rng(seeds[0])),
            right.gradient_descent(X, y, alpha, 7)[0],
        ),
    )
    yield invariant(
        "data without noise are fitted exactly, whatever the order",
        lambda: np.allclose(
            sgd(even, even @ theta, 0.1, 4, 150, np.random.default_rng(seeds[1])), theta, atol=1e-3
        ),
    )


@hidden_test(check.split)
def split(
    split: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Parts as large as asked for, whatever the number of rows."""
    m = int(rng.integers(40, 80))
    X, y = rng.normal(size=(m, 3)), rng.normal(size=m)
    first, second = rng.uniform(0.4, 0.6), rng.uniform(0.15, 0.25)
    fractions = (first, second, 1 - first - second)
    seed = int(rng.integers(2**32))

    def parts() -> list[tuple[np.ndarray, np.ndarray]]:
        return list(split(X, y, fractions, np.random.default_rng(seed)))

    yield invariant(
        "each part has its share of the rows, to within two",
        lambda: all(
            abs(len(part[1]) - share * m) <= 2
            for part, share in zip(parts(), fractions, strict=True)
        ),
    )
    yield invariant(
        "together the parts hold every y exactly once",
        lambda: np.allclose(np.sort(np.concatenate([part[1] for part in parts()])), np.sort(y)),
    )


@hidden_test(check.fit_and_test)
def fit_and_test(
    fit_and_test: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Units of a feature do not matter; test rows do not move the fit."""
    X, slope = rng.normal(5, 1, size=(20, 1)), rng.uniform(1, 3)
    y = slope * X[:, 0] + rng.normal(size=20)
    train, test, other = (X[:12], y[:12]), (X[12:], y[12:]), (X[12:] + 7, y[12:])

    def run(train: tuple, test: tuple) -> tuple[np.ndarray, float]:
        theta, error = fit_and_test(train, test, 0.5, 200)
        return np.asarray(theta), float(error)

    yield invariant(
        "another test set leaves theta as it is",
        lambda: np.allclose(run(train, test)[0], run(train, other)[0]),
    )
    yield invariant(
        "another test set has another error",
        lambda: not np.isclose(run(train, test)[1], run(train, other)[1]),
    )
    yield invariant(
        "a feature in other units gives the same error",
        lambda: np.isclose(
            run((1000 * train[0], train[1]), (1000 * test[0], test[1]))[1], run(train, test)[1]
        ),
    )
