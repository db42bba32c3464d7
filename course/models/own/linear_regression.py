"""Unit 01: straight lines, their losses, and the way downhill."""

from collections.abc import Sequence

import numpy as np

from course.models.own.stand_in import stand_in

Pair = tuple[np.ndarray, np.ndarray]
"""Inputs (m, n) and targets (m,)."""


@stand_in
def predict(X: np.ndarray, theta: np.ndarray) -> np.ndarray:
    """Return the line's values (m,)."""
    return np.einsum("mn,n->m", np.asarray(X, dtype=float), np.asarray(theta, dtype=float))


@stand_in
def cost(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> float:
    """Return half the mean squared residual."""
    return float(np.mean(np.square(predict(X, theta) - np.asarray(y))) / 2)


@stand_in
def gradient_descent(
    X: np.ndarray,
    y: np.ndarray,
    alpha: float,
    n_iter: int,
    tol: float = 0.0,
    theta0: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the parameters reached, and the cost before every step and after the last."""
    table, target = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    here = np.zeros(table.shape[1]) if theta0 is None else np.array(theta0, dtype=float)
    costs = [cost(table, target, here)]
    for _ in range(n_iter):
        slope = table.T @ (predict(table, here) - target) / len(target)
        if np.abs(slope).max() < tol:
            break
        here = here - alpha * slope
        costs.append(cost(table, target, here))
    return here, np.array(costs)


@stand_in
def standardize(X: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return standardised columns, their means and their spreads, 1 for a constant one."""
    table = np.asarray(X, dtype=float)
    mean, spread = table.mean(axis=0), table.std(axis=0)
    spread = np.where(np.ptp(table, axis=0) == 0, 1.0, spread)
    return np.where(np.ptp(table, axis=0) == 0, 0.0, (table - mean) / spread), mean, spread


@stand_in
def mse(y: np.ndarray, h: np.ndarray) -> float:
    """Return the mean squared error."""
    return float(np.mean(np.square(np.subtract(y, h))))


@stand_in
def mae(y: np.ndarray, h: np.ndarray) -> float:
    """Return the mean absolute error."""
    return float(np.mean(np.abs(np.subtract(y, h))))


@stand_in
def mape(y: np.ndarray, h: np.ndarray) -> float:
    """Return the mean absolute error as a share of the truth."""
    return float(np.mean(np.abs(np.subtract(y, h)) / np.abs(y)))


@stand_in
def sgd(
    X: np.ndarray,
    y: np.ndarray,
    alpha: float,
    batch_size: int,
    epochs: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return the parameters after so many epochs of mini-batches, from zeros."""
    table, target = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    here = np.zeros(table.shape[1])
    for _ in range(epochs):
        dealt = rng.permutation(len(target))
        for rows in np.split(dealt, range(batch_size, len(target), batch_size)):
            rest = predict(table[rows], here) - target[rows]
            here = here - alpha * rest @ table[rows] / len(rows)
    return here


@stand_in
def split(
    X: np.ndarray, y: np.ndarray, fractions: Sequence[float], rng: np.random.Generator
) -> tuple[Pair, ...]:
    """Return a training, a validation and a test set."""
    dealt, cuts = rng.permutation(len(y)), np.cumsum(fractions)[:2] * len(y)
    sets = np.split(dealt, np.rint(cuts).astype(int))
    return tuple((np.asarray(X)[rows], np.asarray(y)[rows]) for rows in sets)


@stand_in
def fit_and_test(train: Pair, test: Pair, alpha: float, n_iter: int) -> tuple[np.ndarray, float]:
    """Return the parameters for standardised features, and the error on the test data."""
    Z, mean, spread = standardize(train[0])
    tables = [
        np.column_stack([np.ones(len(table)), table])
        for table in (Z, (np.asarray(test[0], dtype=float) - mean) / spread)
    ]
    theta = gradient_descent(tables[0], train[1], alpha, n_iter)[0]
    return theta, mse(test[1], predict(tables[1], theta))
