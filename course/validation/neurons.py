"""Validation of neurons, labels and networks."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from course.validation.arrays import as_array


def as_neuron(X: ArrayLike, w: ArrayLike, b: float) -> tuple[np.ndarray, np.ndarray, float]:
    """Return inputs `X` (m, n), weights `w` (n,) and bias `b` of one neuron as new floats.

    Raises
    ------
    ValueError
        If one is not numeric, or `w` has not one entry for each column of `X`; the message names
        both shapes.
    """
    X, w = as_array(X, "X", ndim=2), as_array(w, "w", ndim=1)
    if len(w) != X.shape[1]:
        raise ValueError(
            f"X has shape {X.shape} and w has shape {w.shape}: "
            "expected one entry of w for each column of X"
        )
    return X, w, float(as_array(b, "b", ndim=0))


def require_signs(**named: ArrayLike) -> None:
    """Raise ValueError unless every label given by name is −1 or +1.

    Examples
    --------
    >>> require_signs(y=[1, -1, -1])
    """
    for name, labels in named.items():
        others = sorted({float(v) for v in as_array(labels, name).flat} - {-1.0, 1.0})
        if others:
            shown = ", ".join(f"{value:g}" for value in others[:3])
            raise ValueError(f"{name} holds the label(s) {shown}; expected −1 and +1 only")


def require_option(options: Sequence[str], **named: str) -> None:
    """Raise ValueError unless every string given by name is one of `options`.

    Examples
    --------
    >>> require_option(("tanh", "relu"), name="relu")
    """
    for name, value in named.items():
        if value not in options:
            raise ValueError(f"{name} is {value!r}; expected one of {', '.join(options)}")


def require_rising(**named: float) -> None:
    """Raise ValueError unless the numbers given by name are in rising order.

    Examples
    --------
    >>> require_rising(left=0.2, right=0.4)
    """
    values = [float(as_array(value, name, ndim=0)) for name, value in named.items()]
    if any(later <= earlier for earlier, later in pairwise(values)):
        given = ", ".join(f"{name} = {value:g}" for name, value in named.items())
        raise ValueError(f"{given}; expected {' < '.join(named)}")


def as_network(
    X: ArrayLike, weights: Sequence[tuple[ArrayLike, ArrayLike]], activations: Sequence[str]
) -> tuple[np.ndarray, list[tuple[np.ndarray, np.ndarray]]]:
    """Return inputs and layers of a network as new float arrays of matching shapes.

    Parameters
    ----------
    X : (m, n_0) array_like
    weights : list of (W, b)
        One pair per layer, `W` (n_in, n_out) and `b` (n_out,); the first `n_in` is n_0.
    activations : list of str
        One name per layer; the names themselves are not checked.

    Raises
    ------
    ValueError
        If there is no layer, the lists differ in length, or two shapes disagree; the message names
        the layer and both shapes.
    """
    X = as_array(X, "X", ndim=2)
    if len(weights) != len(activations) or not len(weights):
        raise ValueError(
            f"got {len(weights)} layer(s) of weights and {len(activations)} activation(s); "
            "expected at least one layer, and one activation for each"
        )
    layers: list[tuple[np.ndarray, np.ndarray]] = []
    n_in = X.shape[1]
    for number, pair in enumerate(weights, start=1):
        if len(pair) != 2:
            raise ValueError(f"layer {number} holds {len(pair)} arrays; expected two, W and b")
        W, b = (
            as_array(pair[0], f"W of layer {number}", 2),
            as_array(pair[1], f"b of layer {number}", 1),
        )
        if W.shape[0] != n_in or b.shape != W.shape[1:]:
            raise ValueError(
                f"layer {number} has W of shape {W.shape} and b of shape {b.shape}; "
                f"expected W ({n_in}, n_out) and b (n_out,)"
            )
        layers.append((W, b))
        n_in = len(b)
    return X, layers
