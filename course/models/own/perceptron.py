"""Unit 02: neurons, layers of them, and curves from bumps."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.special import expit

from course.models import network
from course.models.own.stand_in import stand_in

Layers = list[tuple[np.ndarray, np.ndarray]]


@stand_in
def perceptron_predict(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """Return −1 or +1 for each sample."""
    return np.where(np.asarray(X, dtype=float) @ np.asarray(w) < -b, -1, 1)


@stand_in
def perceptron_fit(
    X: np.ndarray, y: np.ndarray, max_epochs: int, rng: np.random.Generator
) -> tuple[np.ndarray, float, np.ndarray]:
    """Return weights, bias and the mistakes of each epoch."""
    samples, labels = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    with_one = np.column_stack([samples, np.ones(len(labels))])
    both, counts = np.zeros(with_one.shape[1]), [1]
    while counts[-1] and len(counts) <= max_epochs:
        wrong = 0
        for row in rng.permutation(len(labels)):
            if (with_one[row] @ both >= 0) != (labels[row] > 0):
                both = both + labels[row] * with_one[row]
                wrong += 1
        counts.append(wrong)
    return both[:-1], float(both[-1]), np.array(counts[1:])


@stand_in
def xor_network() -> Layers:
    """Return a network for XOR: the first but not the second, the second but not the first."""
    apart = np.array([[1.0, -1.0], [-1.0, 1.0]])
    return [(apart, np.full(2, -0.5)), (np.ones((2, 1)), np.array([-0.5]))]


@stand_in
def mlp_forward(X: np.ndarray, weights: Layers, activations: Sequence[str]) -> list[np.ndarray]:
    """Return the values of every layer."""
    layers = [(np.asarray(W, dtype=float), np.asarray(b, dtype=float)) for W, b in weights]
    return network.forward(np.asarray(X, dtype=float), layers, activations)


@stand_in
def bump(x: np.ndarray, left: float, right: float, height: float, steepness: float) -> np.ndarray:
    """Return a smooth bump."""
    places = np.asarray(x, dtype=float)
    return height * (expit(steepness * (places - left)) - expit(steepness * (places - right)))


@stand_in
def approximate(f: Callable[..., np.ndarray], n_bumps: int) -> Callable[..., np.ndarray]:
    """Return a function that follows `f` by bumps side by side."""
    heights = f((np.arange(n_bumps) + 0.5) / n_bumps)
    lefts = np.array([-1.0, *(np.arange(1, n_bumps) / n_bumps)])
    rights = np.array([*lefts[1:], 2.0])

    def follow(x: np.ndarray) -> np.ndarray:
        places = np.asarray(x, dtype=float)
        pieces = zip(lefts, rights, heights, strict=True)
        return np.sum([bump(places, *piece, 20 * n_bumps) for piece in pieces], axis=0)

    return follow
