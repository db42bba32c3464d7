"""Validation of data, subspaces and tied weights."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from course.validation.arrays import as_array, require_whole

ORTHONORMAL = 1e-6
"""Largest deviation of products of columns from 0 and 1."""


def as_data(X: ArrayLike, k: int) -> np.ndarray:
    """Return `X` (m, n) as a new array that has at least `k` principal axes.

    Raises
    ------
    ValueError
        If `X` is not a table of numbers, or `k` is not an integer from 1 to the smaller of m − 1
        and n, the dimension that m centred samples can span.
    """
    table = as_array(X, "X", ndim=2)
    m, n = table.shape
    if m < 2:
        raise ValueError(f"X has shape {table.shape}; expected two samples at least")
    require_whole(least=1, most=min(m - 1, n), k=k)
    return table


def as_subspace(
    X: ArrayLike, mean: ArrayLike, C: ArrayLike
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return samples (m, n), a mean (n,) and k orthonormal columns (n, k) as new arrays.

    Raises
    ------
    ValueError
        If two shapes disagree, or the columns of `C` are not orthonormal.
    """
    table, middle = as_array(X, "X", ndim=2), as_array(mean, "mean", ndim=1)
    axes = as_array(C, "C", ndim=2)
    n = table.shape[1]
    _require_length("mean", middle, n, f"each column of X, which has shape {table.shape}")
    if axes.shape[0] != n or axes.shape[1] > n:
        raise ValueError(
            f"X has shape {table.shape} and C has shape {axes.shape}: expected one row of C for "
            "each column of X, and no more columns than rows"
        )
    if np.abs(axes.T @ axes - np.eye(axes.shape[1])).max() > ORTHONORMAL:
        raise ValueError("the columns of C are not orthonormal; expected C.T @ C to be 1")
    return table, middle, axes


def as_tied(
    X: ArrayLike, W: ArrayLike, b: ArrayLike, c: ArrayLike
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return samples (m, n), weights (n, k) and the biases b (k,) and c (n,) as new arrays.

    Raises
    ------
    ValueError
        If two shapes disagree; the message names both.
    """
    table, weights = as_array(X, "X", ndim=2), as_array(W, "W", ndim=2)
    inner, outer = as_array(b, "b", ndim=1), as_array(c, "c", ndim=1)
    if weights.shape[0] != table.shape[1]:
        raise ValueError(
            f"X has shape {table.shape} and W has shape {weights.shape}: "
            "expected one row of W for each column of X"
        )
    _require_length("b", inner, weights.shape[1], f"each column of W, of shape {weights.shape}")
    _require_length("c", outer, table.shape[1], f"each column of X, of shape {table.shape}")
    return table, weights, inner, outer


def as_bases(A: ArrayLike, B: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return two bases (n, k) of subspaces of the same dimension as new arrays.

    Raises
    ------
    ValueError
        If the shapes differ, or the columns of one are linearly dependent.
    """
    bases = as_array(A, "A", ndim=2), as_array(B, "B", ndim=2)
    if bases[0].shape != bases[1].shape:
        raise ValueError(
            f"A has shape {bases[0].shape} and B has shape {bases[1].shape}; expected the same"
        )
    for name, basis in zip("AB", bases, strict=True):
        if np.linalg.matrix_rank(basis) < basis.shape[1]:
            raise ValueError(
                f"the {basis.shape[1]} columns of {name} {basis.shape} are linearly dependent: "
                "they span fewer dimensions"
            )
    return bases


def as_training(
    X: ArrayLike, k: int, epochs: int, targets: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs and targets, both (m, n), as new float32 arrays; without targets, X twice.

    Raises
    ------
    ValueError
        If the shapes differ, or k or epochs is not a whole number above 0.
    """
    table = as_array(X, "X", ndim=2)
    require_whole(least=1, k=k, epochs=epochs)
    wanted = table if targets is None else as_array(targets, "targets", ndim=2)
    if wanted.shape != table.shape:
        raise ValueError(
            f"X has shape {table.shape} and targets has shape {wanted.shape}; expected the same"
        )
    return table.astype(np.float32), wanted.astype(np.float32)


def require_spread(noise: float) -> float:
    """Return the standard deviation `noise`; raise ValueError if it is negative or not a number."""
    spread = float(as_array(noise, "noise", ndim=0))
    if spread < 0:
        raise ValueError(f"noise is {noise}; expected a standard deviation, 0 or above")
    return spread


def _require_length(name: str, values: np.ndarray, length: int, of_what: str) -> None:
    if values.shape != (length,):
        shape: Sequence[int] = values.shape
        raise ValueError(f"{name} has shape {shape}; expected one entry for {of_what}")
