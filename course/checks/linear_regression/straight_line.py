"""Probes of unit 01 for the line, its cost and the way down, and for scales and losses."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from course.checks.check import exercise
from course.checks.observation import Observation, call, call_again, invariant, refuses

UNIT = "01_linear_regression"

SIZES = ((6, 2), (5, 3), (4, 4), (1, 1))
"""Shapes of tables: tall, square (where a transpose has the right shape) and smallest."""

LARGE = (11, 9)
"""A shape larger than a few rows and columns."""


@exercise()
def predict(predict: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the predictions of a linear hypothesis on tables of several sizes."""
    for m, n in SIZES:
        yield call(predict, X=rng.normal(size=(m, n)), theta=rng.normal(size=n))
    given: dict[str, Any] = {"X": rng.normal(size=LARGE), "theta": rng.normal(size=LARGE[1])}
    yield from call_again(predict, {"X": given["X"] + 1, "theta": given["theta"] + 1}, **given)
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
    m, n = LARGE
    given: dict[str, Any] = {
        "X": rng.normal(size=LARGE),
        "y": rng.normal(size=m),
        "theta": rng.normal(size=n),
    }
    yield from call_again(function, {name: item + 1 for name, item in given.items()}, **given)
    yield call(function, X=[[1, 2], [1, 3], [1, 4]], y=[1, 1, 2], theta=[0, 1])
    yield refuses(function, "y has another length than X has rows", [[1.0], [2.0]], [1.0], [1.0])
    yield refuses(
        function, "theta has no entry for each column of X", [[1.0, 2.0]], [1.0], [1.0, 2.0, 3.0]
    )


@exercise()
def gradient_descent(gradient_descent: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the final theta, the costs on the way, and when the descent stops."""
    seen = partial(call, gradient_descent, parts=("theta", "costs"))
    X, y = rng.normal(size=(8, 3)), 3 + rng.normal(size=8)
    start = rng.normal(size=3)
    alpha = 0.5 / np.linalg.eigvalsh(X.T @ X / 8)[-1]
    yield seen(X=X, y=y, alpha=alpha, n_iter=4)
    large: dict[str, Any] = {"X": rng.normal(size=LARGE), "y": rng.normal(size=LARGE[0])}
    yield from call_again(
        gradient_descent,
        {
            "X": large["X"] + 0.1,
            "y": large["y"] + 1,
            "alpha": 0.04,
            "n_iter": 3,
            "tol": 100.0,
            "theta0": np.ones(LARGE[1]),
        },
        parts=("theta", "costs"),
        **large,
        alpha=0.05,
        n_iter=5,
        tol=0.0,
        theta0=np.zeros(LARGE[1]),
    )
    yield seen(
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
    yield seen(
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
    yield seen(
        X=even,
        y=target,
        alpha=0.05,
        n_iter=60,
        tol=size / 4,
    )
    two_points: dict[str, Any] = {"X": [[1, 0], [1, 1]], "y": [1, 3], "alpha": 0.5}
    yield seen(**two_points, n_iter=1)
    yield seen(**two_points, n_iter=3, tol=0.0, theta0=[2, -1])
    no_step: dict[str, Any] = {"X": rng.normal(size=(5, 2)), "y": rng.normal(size=5)}
    yield seen(**no_step, alpha=0.5, n_iter=0)
    # The start is the minimum, and no slope is smaller than 0 in size.
    yield seen(**two_points, n_iter=2, tol=0.0, theta0=[1, 2])
    yield refuses(gradient_descent, "alpha is not above 0", X, y, 0.0, 4)
    yield refuses(gradient_descent, "alpha is below 0", X, y, -0.1, 4)
    yield refuses(gradient_descent, "n_iter is below 0", X, y, 0.1, -1)
    yield refuses(gradient_descent, "n_iter is not whole", X, y, 0.1, 2.5)
    yield refuses(gradient_descent, "tol is below 0", X, y, 0.1, 4, -1e-3)
    yield refuses(gradient_descent, "X and y differ in length", X, y[:1], 0.1, 4)


@exercise()
def standardize(standardize: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe standardised tables, also one with a constant column."""
    for m, n in ((6, 3), (3, 5), LARGE):
        scale, shift = 10.0 ** rng.uniform(-2, 3, size=n), rng.uniform(1, 50, size=n)
        yield call(
            standardize, parts=("Z", "mean", "std"), X=scale * (rng.normal(size=(m, n)) + shift)
        )
    yield call(standardize, parts=("Z", "mean", "std"), X=[[1, 2], [3, 6]])
    # Nuclei are 1e-15 m large: no fixed number is below every spread. Far from 0 the mean of the
    # squares and the square of the mean agree in all digits that a float has.
    for spread, middle in ((1e-15, 3e-15), (1.0, 1e6)):
        yield Observation(
            f"Z = standardize(X)[0], where the columns of X have a spread near {spread:g} "
            f"around {middle:g}",
            partial(_scaled, standardize, middle + spread * rng.normal(size=(6, 2))),
        )
    whole, eighths = float(rng.integers(2, 9)), rng.integers(1, 8) / 8
    constant = np.column_stack([np.full(6, whole), rng.normal(size=6), np.full(6, eighths)])
    yield Observation(
        "Z = standardize(X)[0], where the first and the last column of X are constant",
        lambda: _scaled(standardize, constant),
    )
    yield invariant(
        "Z * std + mean gives X back, also where a column is constant",
        lambda: _inverts(standardize, constant),
    )
    yield refuses(standardize, "X is not a table", [1.0, 2.0])
    yield refuses(standardize, "X holds NaN", [[1.0, float("nan")], [2.0, 3.0]])


def _scaled(standardize: Callable, X: np.ndarray) -> np.ndarray:
    return np.asarray(standardize(X.copy())[0])


def _inverts(standardize: Callable, X: np.ndarray) -> bool:
    Z, mean, std = standardize(X.copy())
    return np.allclose(np.asarray(Z) * std + mean, X, rtol=1e-6)


@exercise("mse", "mae", "mape")
def losses(
    mse: Callable, mae: Callable, mape: Callable, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe three losses on the same targets and predictions, some targets negative."""
    m = 11
    y = rng.uniform(1, 4, size=m) * np.where(np.arange(m) % 3 == 0, -1, 1)
    prediction = y * rng.uniform(0.6, 1.6, size=m)
    for loss, name in ((mse, "mse"), (mae, "mae"), (mape, "mape")):
        yield from call_again(
            loss,
            {"y": y + 0.1, "prediction": prediction + 1},
            by=name,
            y=y,
            prediction=prediction,
        )
        yield call(loss, by=name, y=[1, 2, 4], prediction=[2, 2, 3])
        yield refuses(loss, "y and prediction differ in length", [1.0, 2.0], [1.0])
    yield refuses(mape, "a target is 0", [0.0, 1.0], [1.0, 1.0])
