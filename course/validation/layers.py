"""Validation of the layers of a network and of their gradients."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike

from course.validation.arrays import as_array

Weights = list[tuple[np.ndarray, np.ndarray]]
"""One pair for each layer: W (n_in, n_out) and b (n_out,), as in Z = V @ W + b."""


def as_layers(
    X: ArrayLike,
    Y: ArrayLike,
    weights: Sequence[tuple[ArrayLike, ArrayLike]],
    activations: Sequence[str],
    known: Collection[str],
) -> tuple[np.ndarray, np.ndarray, Weights]:
    """Return inputs, targets and weights as new float arrays of matching shapes.

    Parameters
    ----------
    X : array_like, (m, n)
        One sample per row.
    Y : array_like, (m, k)
        One target per row, with as many columns as the last layer has units.
    weights : sequence of pairs
        For each layer W (n_in, n_out) and b (n_out,).
    activations : sequence of str
        One name for each layer. "softmax" may stand last only.
    known : collection of str
        The names allowed.

    Raises
    ------
    ValueError
        If a name is unknown, there is no layer, or two shapes disagree; the message names both.
    """
    X, Y = as_array(X, "X", ndim=2), as_array(Y, "Y", ndim=2)
    pairs = _pairs(weights)
    _check_names(activations, len(pairs), known)
    width, before = X.shape[1], f"X has shape {X.shape}"
    for number, (W, b) in enumerate(pairs, start=1):
        if W.shape[0] != width:
            raise ValueError(
                f"{before} and W of layer {number} has shape {W.shape}: expected {width} rows"
            )
        if W.shape[1] != len(b):
            raise ValueError(
                f"in layer {number} W has shape {W.shape} and b has shape {b.shape}: "
                f"expected one entry of b for each column of W"
            )
        width, before = W.shape[1], f"W of layer {number} has shape {W.shape}"
    if Y.shape != (len(X), width):
        raise ValueError(f"Y has shape {Y.shape}; the network gives {(len(X), width)}")
    return X, Y, pairs


def as_tables(**named: ArrayLike) -> tuple[np.ndarray, ...]:
    """Return tables of one shape, rows × columns, as new float arrays.

    Raises
    ------
    ValueError
        If one is not a table of finite numbers, or two shapes disagree; the message names both.
    """
    tables = {name: as_array(values, name, ndim=2) for name, values in named.items()}
    if len({table.shape for table in tables.values()}) > 1:
        shapes = " and ".join(f"{name} has shape {table.shape}" for name, table in tables.items())
        raise ValueError(f"{shapes}: expected one shape for both")
    return tuple(tables.values())


def flatten(weights: Sequence[tuple[ArrayLike, ArrayLike]]) -> np.ndarray:
    """Concatenate all entries of all layers, or of their gradients, into one array (n,).

    The order is W of layer 1 row by row, b of layer 1, W of layer 2, and so on.

    Examples
    --------
    >>> theta = flatten([([[1, 2]], [3, 4])])
    >>> theta
    array([1., 2., 3., 4.])
    >>> unflatten(theta, like=[([[0, 0]], [0, 0])])
    [(array([[1., 2.]]), array([3., 4.]))]
    """
    return np.concatenate([part.ravel() for pair in _pairs(weights) for part in pair])


def unflatten(theta: ArrayLike, like: Sequence[tuple[ArrayLike, ArrayLike]]) -> Weights:
    """Undo `flatten`: split the array `theta` into layers with the shapes of `like`.

    Raises
    ------
    ValueError
        If `theta` does not hold exactly as many numbers as `like`.
    """
    theta, pairs = as_array(theta, "theta", ndim=1), _pairs(like)
    wanted = sum(part.size for pair in pairs for part in pair)
    if len(theta) != wanted:
        raise ValueError(f"theta has shape {theta.shape}; these layers hold {(wanted,)} numbers")
    layers, start = [], 0
    for pair in pairs:
        parts = []
        for part in pair:
            parts.append(theta[start : start + part.size].reshape(part.shape))
            start += part.size
        layers.append((parts[0], parts[1]))
    return layers


def _pairs(weights: Sequence[tuple[ArrayLike, ArrayLike]]) -> Weights:
    if len(weights) == 0:
        raise ValueError("weights is empty; expected one pair (W, b) for each layer")
    pairs = []
    for number, pair in enumerate(weights, start=1):
        if len(pair) != 2:
            raise ValueError(f"layer {number} holds {len(pair)} array(s); expected the pair (W, b)")
        W = as_array(pair[0], f"W of layer {number}", ndim=2)
        pairs.append((W, as_array(pair[1], f"b of layer {number}", ndim=1)))
    return pairs


def _check_names(activations: Sequence[str], layers: int, known: Collection[str]) -> None:
    if len(activations) != layers:
        raise ValueError(
            f"{layers} layer(s) but {len(activations)} activation(s): expected as many"
        )
    for number, name in enumerate(activations, start=1):
        if name not in known:
            raise ValueError(
                f"activation {name!r} of layer {number} is not known; expected one of "
                f"{', '.join(sorted(known))}"
            )
        if name == "softmax" and number != layers:
            raise ValueError(
                f"softmax stands in layer {number}; expected it in the last layer only"
            )
