"""Default data of the explorables of unit 04: scikit-learn's digits."""

from __future__ import annotations

from functools import cache

import numpy as np

from course.data.mnist import small_digits
from course.models import network

Pair = tuple[np.ndarray, np.ndarray]
Layers = list[tuple[np.ndarray, np.ndarray]]


@cache
def default_digits() -> dict[str, Pair]:
    """Return 8 × 8 digits as pairs (X, y) under "train" and "validation"."""
    (images, labels), (others, truths) = small_digits()

    def rows(pixels: np.ndarray) -> np.ndarray:
        return (pixels.reshape(len(pixels), -1) / 255).astype(np.float32)

    return {
        "train": (rows(images), labels.astype(int)),
        "validation": (rows(others), truths.astype(int)),
    }


def nearest_mean() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the validation digits, their classes, and the class whose mean image is nearest."""
    (X, y), (X_validation, y_validation) = default_digits()["train"], default_digits()["validation"]
    means = np.stack([X[y == digit].mean(axis=0) for digit in range(10)])
    distances = np.square(X_validation[:, None] - means).sum(axis=-1)
    return X_validation, y_validation, distances.argmin(axis=1)


@cache
def small_network() -> Layers:
    """Train a small network on the 8 × 8 digits; it takes a fraction of a second."""
    X, y = default_digits()["train"]
    rng = np.random.default_rng(4)
    weights = network.initialise([X.shape[1], 32, 10], rng, "he")
    kinds, loss = ("relu", "softmax"), "categorical_crossentropy"
    targets = np.eye(10, dtype=np.float32)[y]
    return network.train(X, targets, weights, kinds, 0.3, 30, loss, 64, rng)[0]
