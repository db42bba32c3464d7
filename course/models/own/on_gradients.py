"""Unit 03: what unit 04 puts beside Keras."""

from collections.abc import Sequence

import numpy as np

from course.models import network
from course.notebook_guard import library_only

Layers = list[tuple[np.ndarray, np.ndarray]]


@library_only
def init_weights(sizes: Sequence[int], scheme: str, rng: np.random.Generator) -> Layers:
    """Return drawn weights and biases of 0."""
    return network.initialise(list(sizes), rng, scheme, dtype=np.float64)


@library_only
def mlp_backward(
    X: np.ndarray, Y: np.ndarray, weights: Layers, activations: Sequence[str]
) -> Layers:
    """Return the slopes of the loss, layer by layer; softmax last."""
    values = network.forward(np.asarray(X), weights, activations)
    return network.backward(values, Y, weights, activations, "categorical_crossentropy")
