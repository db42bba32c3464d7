"""The course's own dense network in NumPy: what explorables train while you watch.

A network is a list of layers `(W, b)`, `W` (n_in, n_out) and `b` (n_out,) as Keras stores them,
with one activation name a layer. Every function keeps the dtype of the weights: float32 is what
live training uses. Nothing here changes its inputs.

Exercises ask for these functions, so a notebook may not call them: see `course.notebook_guard`.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from course.notebook_guard import library_only

Layers = Sequence[tuple[np.ndarray, np.ndarray]]
"""One (W, b) a layer."""


@library_only
def activate(name: str, z: np.ndarray) -> np.ndarray:
    """Apply an activation, stable however large `z` is. Softmax works along the last axis."""
    return _named(_ACTIVATIONS, "activation", name)[0](z)


@library_only
def slope(name: str, a: np.ndarray) -> np.ndarray:
    """Return the derivative of an elementwise activation, from its value `a` and not from z."""
    derivative = _named(_ACTIVATIONS, "activation", name)[1]
    if derivative is None:
        raise ValueError(f"{name} couples all units of a layer: it has a Jacobian, not a slope")
    return derivative(a)


@library_only
def forward(X: np.ndarray, weights: Layers, activations: Sequence[str]) -> list[np.ndarray]:
    """Run a network forward.

    Parameters
    ----------
    X : (m, n_0) array
    weights : list of (W, b)
        `W` (n_in, n_out), `b` (n_out,).
    activations : list of str
        One of `ACTIVATIONS` for each layer.

    Returns
    -------
    list of arrays
        The values of every layer: X (m, n_0), then (m, n_out) for each layer in turn.

    Raises
    ------
    ValueError
        If two shapes disagree, or there is not one activation for each layer.
    """
    if len(weights) != len(activations):
        raise ValueError(
            f"got {len(weights)} layers and {len(activations)} activations; expected one a layer"
        )
    values = [np.asarray(X)]
    for (W, b), name in zip(weights, activations, strict=True):
        v = values[-1]
        if v.ndim != 2 or W.ndim != 2 or v.shape[1] != W.shape[0] or b.shape != W.shape[1:]:
            raise ValueError(
                f"layer {len(values)}: values {v.shape} do not fit W {W.shape} and b {b.shape}; "
                "expected (m, n_in), (n_in, n_out) and (n_out,)"
            )
        values.append(_named(_ACTIVATIONS, "activation", name)[0](v @ W + b))
    return values


@library_only
def loss(name: str, output: np.ndarray, Y: np.ndarray) -> float:
    """Return a loss, averaged over samples as Keras does.

    Parameters
    ----------
    name : {"mse", "binary_crossentropy", "categorical_crossentropy"}
        The mean of squares over all entries; the mean over all entries of
        −y ln a − (1 − y) ln(1 − a); the mean over samples of −Σ_k y_k ln a_k.
    output : (m, k) array
        What the last layer gave.
    Y : (m, k) array
        Targets; for the cross-entropies probabilities in [0, 1].
    """
    return float(_named(_LOSSES, "loss", name)[0](output, _targets(Y, output)))


@library_only
def backward(
    values: Sequence[np.ndarray],
    Y: np.ndarray,
    weights: Layers,
    activations: Sequence[str],
    loss: str = "mse",
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the gradient of the loss with respect to every layer's W and b.

    Parameters
    ----------
    values : list of arrays
        What `forward` returned for the same weights and activations.
    Y : (m, k) array
    weights, activations
        As in `forward`.
    loss : str
        As in `loss`.

    Returns
    -------
    list of (dW, db)
        Of the shapes of `weights`.
    """
    output = values[-1]
    Y = _targets(Y, output)
    name = activations[-1]
    if (loss, name) in _FUSED:  # a − y: exact where the activation saturates and 1/a overflows
        delta = (output - Y) / (Y.size if name == "sigmoid" else len(Y))
    else:
        delta = _pull(name, output, _named(_LOSSES, "loss", loss)[1](output, Y))
    gradients = []
    for layer in range(len(weights) - 1, -1, -1):
        gradients.append((values[layer].T @ delta, delta.sum(axis=0)))
        if layer:
            upstream = delta @ weights[layer][0].T
            delta = _pull(activations[layer - 1], values[layer], upstream)
    return gradients[::-1]


@library_only
def initialise(
    sizes: Sequence[int],
    rng: np.random.Generator,
    scheme: str = "xavier",
    gain: float = 1.0,
    dtype: type = np.float32,
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Draw the weights of a network with `sizes` units a layer, inputs first; biases are 0.

    The standard deviation of W is `gain` times √(2/(n_in + n_out)) for "xavier", √(2/n_in) for
    "he", √(1/n_in) for "lecun", 1 for "normal".
    """
    spread = _named(_SCHEMES, "scheme", scheme)
    layers = []
    for n_in, n_out in pairwise(sizes):
        W = gain * spread(n_in, n_out) * rng.standard_normal((n_in, n_out))
        layers.append((W.astype(dtype), np.zeros(n_out, dtype=dtype)))
    return layers


@library_only
def train(
    X: np.ndarray,
    Y: np.ndarray,
    weights: Layers,
    activations: Sequence[str],
    alpha: float,
    epochs: int,
    loss: str = "mse",
    batch_size: int | None = None,
    rng: np.random.Generator | None = None,
) -> tuple[list[tuple[np.ndarray, np.ndarray]], np.ndarray]:
    """Train by gradient descent and return the new weights and the loss before every epoch.

    Without `batch_size` an epoch is one step on all samples; with it, every sample is used once an
    epoch, in an order drawn from `rng`. The loss is then the mean over the epoch's batches.
    """
    X, Y = np.asarray(X), np.asarray(Y)
    m = len(X)
    layers = [(W.copy(), b.copy()) for W, b in weights]
    step = layers[0][0].dtype.type(alpha)
    losses = np.empty(epochs)
    for epoch in range(epochs):
        order = None if batch_size is None else (rng or np.random.default_rng(0)).permutation(m)
        losses[epoch] = 0.0
        for start in range(0, m, batch_size or m):
            rows = slice(None) if order is None else order[start : start + (batch_size or m)]
            x, y = X[rows], Y[rows]
            values = forward(x, layers, activations)
            losses[epoch] += _named(_LOSSES, "loss", loss)[0](values[-1], y) * len(x) / m
            gradients = backward(values, y, layers, activations, loss)
            for (W, b), (dW, db) in zip(layers, gradients, strict=True):
                W -= step * dW  # our own copies
                b -= step * db
    return layers, losses


def _named(table: dict, kind: str, name: str):
    try:
        return table[name]
    except (KeyError, TypeError):
        raise ValueError(
            f"no {kind} is called {name!r}; expected one of {', '.join(table)}"
        ) from None


def _targets(Y: np.ndarray, output: np.ndarray) -> np.ndarray:
    Y = np.asarray(Y, dtype=output.dtype)
    if Y.shape != output.shape:
        raise ValueError(f"targets have shape {Y.shape}; the output has shape {output.shape}")
    return Y


def _pull(name: str, a: np.ndarray, upstream: np.ndarray) -> np.ndarray:
    """Turn dL/da into dL/dz through an activation whose value is `a`."""
    if name == "softmax":
        return a * (upstream - (upstream * a).sum(axis=-1, keepdims=True))
    return upstream * _named(_ACTIVATIONS, "activation", name)[1](a)


def _sigmoid(z: np.ndarray) -> np.ndarray:
    small = np.exp(-np.abs(z))  # never above 1, so nothing overflows
    return np.where(z >= 0, 1, small) / (1 + small)


def _softplus(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def _softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _inside(a: np.ndarray) -> np.ndarray:
    """Keep probabilities off 0 and 1 by one unit in the last place, for the logarithms."""
    tiny = np.finfo(a.dtype).eps
    return np.clip(a, tiny, 1 - tiny)


def _binary_cross_entropy(a: np.ndarray, Y: np.ndarray) -> float:
    a = _inside(a)
    return -(Y * np.log(a) + (1 - Y) * np.log1p(-a)).mean()


def _binary_cross_entropy_slope(a: np.ndarray, Y: np.ndarray) -> np.ndarray:
    a = _inside(a)
    return (a - Y) / (a * (1 - a)) / Y.size


_ACTIVATIONS: dict[str, tuple[Callable, Callable | None]] = {
    "step": (lambda z: (z >= 0).astype(z.dtype), np.zeros_like),
    "sigmoid": (_sigmoid, lambda a: a * (1 - a)),
    "tanh": (np.tanh, lambda a: 1 - a * a),
    "relu": (lambda z: np.maximum(z, 0), lambda a: (a > 0).astype(a.dtype)),
    "softplus": (_softplus, lambda a: -np.expm1(-a)),
    "linear": (lambda z: z, np.ones_like),
    "softmax": (_softmax, None),
}
"""Value from z, and derivative from that value."""

ACTIVATIONS = tuple(_ACTIVATIONS)

_LOSSES: dict[str, tuple[Callable, Callable]] = {
    "mse": (lambda a, Y: np.square(a - Y).mean(), lambda a, Y: 2 * (a - Y) / Y.size),
    "binary_crossentropy": (_binary_cross_entropy, _binary_cross_entropy_slope),
    "categorical_crossentropy": (
        lambda a, Y: -(Y * np.log(_inside(a))).sum(axis=-1).mean(),
        lambda a, Y: -Y / _inside(a) / len(Y),
    ),
}
"""Value and derivative with respect to the output."""

_FUSED = {("binary_crossentropy", "sigmoid"), ("categorical_crossentropy", "softmax")}
"""Pairs whose derivative with respect to z is output − target."""

_SCHEMES: dict[str, Callable[[int, int], float]] = {
    "xavier": lambda n_in, n_out: (2 / (n_in + n_out)) ** 0.5,
    "he": lambda n_in, n_out: (2 / n_in) ** 0.5,
    "lecun": lambda n_in, n_out: (1 / n_in) ** 0.5,
    "normal": lambda n_in, n_out: 1.0,
}
"""Standard deviation of the weights from the numbers of units on either side."""
