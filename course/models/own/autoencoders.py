"""Unit 07: principal axes and autoencoders."""

from typing import Any

import numpy as np
from scipy.linalg import subspace_angles

from course.models.keras_training import quiet_keras
from course.models.own.stand_in import stand_in


@stand_in
def pca(X: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return mean (n,), axes (n, k) and variances (k,)."""
    samples = np.asarray(X, dtype=float)
    variances, axes = np.linalg.eigh(np.cov(samples.T, bias=True))
    return samples.mean(axis=0), axes[:, ::-1][:, :k], variances[::-1][:k]


@stand_in
def reconstruct(X: np.ndarray, mean: np.ndarray, C: np.ndarray) -> np.ndarray:
    """Return the nearest points of the plane, (m, n)."""
    codes = np.einsum("mn,nk->mk", np.asarray(X) - mean, C)
    return mean + np.einsum("mk,nk->mn", codes, C)


@stand_in
def tied_autoencoder_loss_and_gradient(
    X: np.ndarray, W: np.ndarray, b: np.ndarray, c: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:
    """Return the loss and its slopes in W, b and c."""
    X, W, b, c = (np.asarray(part, dtype=float) for part in (X, W, b, c))
    codes = X @ W + b
    rest = codes @ W.T + c - X
    back = rest @ W
    scale = 2 / len(X)
    slopes = rest.T @ codes + X.T @ back, back.sum(axis=0), rest.sum(axis=0)
    return float(np.sum(rest * rest) * scale / 2), *(scale * slope for slope in slopes)


@stand_in
def largest_angle(A: np.ndarray, B: np.ndarray) -> float:
    """Return the largest principal angle, in radians."""
    return float(subspace_angles(A, B).max())


@stand_in
def fit_autoencoder(
    X: np.ndarray, k: int, epochs: int, targets: np.ndarray | None = None
) -> tuple[Any, Any]:
    """Return a trained encoder and its decoder."""
    keras, width = quiet_keras(), np.shape(X)[1]

    def chain(n_in: int, *last: Any) -> Any:
        return keras.Sequential([keras.Input((n_in,)), keras.layers.Dense(64, "relu"), *last])

    encoder = chain(width, keras.layers.Dense(k))
    decoder = chain(k, keras.layers.Dense(width, "sigmoid"))
    whole = keras.Sequential([encoder, decoder])
    whole.compile(keras.optimizers.Adam(0.003), "mse")
    inputs = np.asarray(X, dtype=np.float32)
    wanted = inputs if targets is None else np.asarray(targets, dtype=np.float32)
    whole.fit(inputs, wanted, epochs=epochs, verbose=0)  # batches of 32
    return encoder, decoder


@stand_in
def denoising_pairs(
    X: np.ndarray, noise: float, copies: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return noisy images and clean ones, (copies · m, n) each."""
    clean = np.concatenate([X] * copies)
    return clean + noise * rng.standard_normal(clean.shape), clean
