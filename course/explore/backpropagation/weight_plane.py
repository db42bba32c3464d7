"""The loss of a trained network over a plane through its weights.

A plane is the trained weights θ* and two directions d₁, d₂ of the shape of θ*; its points are
θ* + a d₁ + b d₂. Random directions are made comparable neuron by neuron: the weights that lead into
a neuron get the length that the trained ones have, and biases stay. A network whose weights are
stretched without changing an answer, as ReLU allows, then keeps its picture.

Source: H. Li, Z. Xu, G. Taylor, C. Studer, T. Goldstein, "Visualizing the loss landscape of neural
nets", NeurIPS 2018, arXiv:1712.09913 (sections 4 and 7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from course.data.gates import crossed
from course.models import network

Layers = list[tuple[np.ndarray, np.ndarray]]
"""One (W, b) a layer."""

SAMPLES, EPOCHS, SNAPSHOTS = 200, 600, 61
ALPHA = 0.2
LOSS = "binary_crossentropy"


@cache
def trigger_data() -> tuple[np.ndarray, np.ndarray]:
    """Return points (SAMPLES, 2) of the square and 1 where x₁x₂ < 0, else 0, (SAMPLES, 1)."""
    X, fires = crossed(SAMPLES, np.random.default_rng(20))
    return X.astype(np.float32), fires[:, None].astype(np.float32)


@dataclass(frozen=True)
class TrainedRun:
    """A ReLU network with a sigmoid at its end, as it went through its weights.

    Attributes
    ----------
    activations : list of str
    path : list of layers
        The weights at SNAPSHOTS epochs, evenly from 0 to EPOCHS.
    losses : (SNAPSHOTS,) array
    """

    activations: Sequence[str]
    path: Sequence[Layers]
    losses: np.ndarray

    @property
    def weights(self) -> Layers:
        """The trained weights."""
        return self.path[-1]


@cache
def train_run(depth: int, width: int) -> TrainedRun:
    """Train a network of `depth` hidden layers by gradient descent on all samples at once."""
    X, Y = trigger_data()
    names = ["relu"] * depth + ["sigmoid"]
    rng = np.random.default_rng(7)
    path = [network.initialise([2, *[width] * depth, 1], rng, "he")]
    for _ in range(SNAPSHOTS - 1):
        epochs = EPOCHS // (SNAPSHOTS - 1)
        path.append(network.train(X, Y, path[-1], names, ALPHA, epochs, LOSS)[0])
    losses = [network.loss(LOSS, network.forward(X, layers, names)[-1], Y) for layers in path]
    return TrainedRun(names, path, np.array(losses))


def stretch(layers: Layers, factor: float) -> Layers:
    """Return weights with the first layer times `factor` and the second divided by it.

    ReLU passes a positive factor on, so the network's answers are the same.
    """
    (W1, b1), (W2, b2), *rest = layers
    return [(W1 * factor, b1 * factor), (W2 / factor, b2), *rest]


def neuron_directions(layers: Layers, rng: np.random.Generator) -> Layers:
    """Draw a direction: the weights into each neuron as long as the trained ones, no biases."""
    drawn = [rng.standard_normal(W.shape) for W, _ in layers]
    return [
        (D * np.linalg.norm(W, axis=0) / np.linalg.norm(D, axis=0), np.zeros_like(b))
        for D, (W, b) in zip(drawn, layers, strict=True)
    ]


def plain_directions(layers: Layers, rng: np.random.Generator) -> Layers:
    """Draw a direction as long as all weights taken together, no biases."""
    drawn = [rng.standard_normal(W.shape) for W, _ in layers]
    length = np.sqrt(sum(np.sum(W.astype(float) ** 2) for W, _ in layers))
    factor = length / np.sqrt(sum(np.sum(D**2) for D in drawn))
    return [(D * factor, np.zeros_like(b)) for D, (_, b) in zip(drawn, layers, strict=True)]


def path_directions(path: Sequence[Layers]) -> tuple[Layers, Layers]:
    """Return the two directions in which a path goes farthest from its end.

    They are its principal directions as seen from the end: orthogonal, of length 1, and such that
    the path comes from the side of small numbers.
    """
    rows = _rows(path)
    axes = np.linalg.svd(rows, full_matrices=False)[2][:2]
    first, second = (axis if rows[0] @ axis < 0 else -axis for axis in axes)
    return _unflat(first, path[-1]), _unflat(second, path[-1])


def place_on_plane(
    path: Sequence[Layers], first: Layers, second: Layers
) -> tuple[np.ndarray, float]:
    """Return where the plane through the end of a path comes nearest to its points.

    Returns
    -------
    places : (k, 2) array
        The numbers a and b of each point.
    share : float
        How much of the squared distances from the end lies in the plane, from 0 to 1.
    """
    rows = _rows(path)
    plane = np.stack([_flat(first), _flat(second)], axis=1)
    places = np.linalg.lstsq(plane, rows.T, rcond=None)[0].T
    total = float(np.sum(rows**2))
    left = float(np.sum((rows - places @ plane.T) ** 2))
    return places, 1 - left / total if total else 1.0  # a path that stands still is all held


def losses_on_plane(
    run: TrainedRun, origin: Layers, first: Layers, second: Layers, a: np.ndarray, b: np.ndarray
) -> np.ndarray:
    """Return the loss at origin + a·first + b·second, for `a` and `b` of one shape, (k,)."""
    X, Y = trigger_data()
    along = np.asarray(a, dtype=np.float32)[:, None, None]
    across = np.asarray(b, dtype=np.float32)[:, None, None]
    values = X[None]
    # The sigmoid is left out: −ln of an answer near 0 or 1 would have lost its digits.
    names = [*run.activations[:-1], "linear"]
    for (W, bias), (P, p), (Q, q), name in zip(origin, first, second, names, strict=True):
        weights = W + along * P.astype(np.float32) + across * Q.astype(np.float32)
        biases = bias + along * p.astype(np.float32) + across * q.astype(np.float32)
        values = network.activate(name, values @ weights + biases)
    z = values[..., 0]
    return (network.activate("softplus", z) - Y[:, 0] * z).mean(axis=1)


def _rows(path: Sequence[Layers]) -> np.ndarray:
    """Return the points of a path, as seen from its end, as rows."""
    rows = np.array([_flat(layers) for layers in path])
    return rows - rows[-1]


def _flat(layers: Layers) -> np.ndarray:
    return np.concatenate([part.ravel() for pair in layers for part in pair]).astype(float)


def _unflat(row: np.ndarray, like: Layers) -> Layers:
    shapes = [part.shape for pair in like for part in pair]
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    parts = [part.reshape(shape) for part, shape in zip(np.split(row, ends), shapes, strict=False)]
    return list(zip(parts[::2], parts[1::2], strict=True))
