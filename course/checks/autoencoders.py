"""Probes of unit 07. Keras is imported by the probe that needs it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from course.checks.check import call_once, exercise
from course.checks.observation import Observation, call, call_again, invariant, refuses, returned

UNIT = "07_autoencoders"

OBLONG, SQUARE = (7, 9), (8, 8)
"""Rows and columns of images; there are not as many pixels as units in a layer, or just as many."""
CODE, EPOCHS, HELD_OUT_IMAGES = 3, 12, 400


def draw_cloud(rng: np.random.Generator, m: int, n: int, reach: float = 4.0) -> np.ndarray:
    """Draw m points of n features, with different spreads along rotated axes, off the origin."""
    turn = np.linalg.qr(rng.normal(size=(n, n)))[0]
    spreads = np.geomspace(reach, 0.4, n)
    return (rng.normal(size=(m, n)) * spreads) @ turn + rng.uniform(2, 5, size=n)


def draw_orthonormal(rng: np.random.Generator, n: int, k: int) -> np.ndarray:
    """Draw k orthonormal columns of length n."""
    return np.linalg.qr(rng.normal(size=(n, k)))[0]


@exercise()
def pca(pca: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe mean, axes and variances; the sign of an axis is free, so a aᵀ is compared."""

    def with_projectors(X: Any, k: int) -> tuple[Any, ...]:
        mean, C, variances = returned(pca, "return mean, C, variances")(X, k)
        columns = np.asarray(C).T
        return mean, variances, np.einsum("ki,kj->kij", columns, columns)

    def keeps_few_samples() -> bool:
        X = draw_cloud(rng, 5, 7)
        mean, C, _ = pca(X, 4)
        return np.allclose((X - mean) @ C @ np.transpose(C), X - mean)

    name = "pca"
    for m, n, k in ((14, 4, 2), (9, 3, 3), (8, 7, 2)):  # more axes than these are noise
        yield call(with_projectors, by=name, X=draw_cloud(rng, m, n), k=k)
    X, other = draw_cloud(rng, 6, 3), draw_cloud(rng, 6, 3)
    yield from call_again(with_projectors, {"X": other, "k": 2}, by=name, X=X, k=1)
    yield call(with_projectors, by=name, X=[[1, 2], [3, 7], [4, 4], [9, 11]], k=1)
    yield invariant(
        "the columns of C are orthonormal",
        lambda: np.allclose(np.transpose(C := pca(draw_cloud(rng, 12, 5), 3)[1]) @ C, np.eye(3)),
    )
    yield invariant(
        "m − 1 axes are enough for m samples, however many features they have",
        keeps_few_samples,
    )
    yield refuses(pca, "k is 0", [[1, 2], [3, 4], [5, 9]], 0)
    yield refuses(pca, "k is larger than the number of features", [[1, 2], [3, 4], [5, 9]], 3)


@exercise()
def reconstruct(reconstruct: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe points that are not those the axes were computed from, with one to all axes."""

    def draw(m: int, n: int, k: int) -> dict[str, Any]:
        X, mean = draw_cloud(rng, m, n), rng.normal(size=n)
        return {"X": X, "mean": mean, "C": draw_orthonormal(rng, n, k)}

    for m, n, k in ((10, 9, 2), (3, 5, 1), (4, 3, 3)):
        yield call(reconstruct, **draw(m, n, k))
    yield from call_again(reconstruct, draw(2, 3, 1), **draw(2, 3, 1))
    yield call(reconstruct, X=[[2, 5], [7, 1]], mean=[1, 1], C=[[0.6], [0.8]])
    yield refuses(reconstruct, "mean has another length", [[1, 2]], [1, 2, 3], [[1], [0]])
    yield refuses(reconstruct, "the columns of C are not orthonormal", [[1, 2]], [0, 0], [[1], [1]])


@exercise()
def tied_autoencoder_loss_and_gradient(
    tied_autoencoder_loss_and_gradient: Callable, rng: np.random.Generator
) -> Iterator[Observation]:
    """Observe the loss and its three gradients, also where the code is as wide as the input."""
    given = tied_autoencoder_loss_and_gradient

    def draw(m: int, n: int, k: int) -> dict[str, Any]:
        W, b, c = rng.normal(size=(n, k)), rng.normal(size=k), rng.normal(size=n)
        return {"X": draw_cloud(rng, m, n, reach=2.0), "W": W, "b": b, "c": c}

    for m, n, k in ((7, 4, 2), (9, 9, 9), (5, 6, 1)):
        yield call(given, **draw(m, n, k))
    yield from call_again(given, draw(3, 3, 2), **draw(3, 3, 2))
    yield call(given, X=[[1, 2], [0, 3], [2, 2]], W=[[1], [2]], b=[1], c=[0, 1])
    yield refuses(
        given, "b has the length of an input", [[1, 2, 3]], np.ones((3, 1)), [1] * 3, [0] * 3
    )
    yield refuses(given, "W is transposed", [[1, 2, 3]], np.ones((1, 3)), [1], [0] * 3)


@exercise()
def largest_angle(largest_angle: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe angles of planes and lines whose bases are neither orthogonal nor of length 1."""

    def draw(n: int, k: int) -> dict[str, Any]:
        return {name: rng.normal(size=(n, k)) * rng.uniform(0.3, 4, size=k) for name in "AB"}

    for n, k in ((9, 2), (4, 1), (7, 3), (6, 2)):
        yield call(largest_angle, **draw(n, k))
    yield from call_again(largest_angle, draw(5, 2), **draw(5, 2))
    yield call(largest_angle, A=[[1, 0], [0, 1], [0, 0]], B=[[3, 1], [0, 0], [0, 2]])
    # Rounding makes some of these cosines, and sines of the second kind, larger than 1.
    pairs = [
        (A, A @ rng.normal(size=(k, k)))
        for m, k in ((50, 1), (20, 3))
        for A in rng.normal(size=(m, 6, k))
    ]
    yield invariant(
        "another basis of the same space is at the angle 0, whatever rounding does",
        lambda: all(largest_angle(A, B) < 1e-5 for A, B in pairs),
    )
    upright = [
        (Q[:, :2] @ rng.normal(size=(2, 2)), Q[:, 1:] @ rng.normal(size=(2, 2)))
        for Q in (draw_orthonormal(rng, 6, 3) for _ in range(20))
    ]
    yield invariant(
        "planes that share one line alone and stand upright on each other are at the angle π/2, "
        "whatever rounding does",
        lambda: all(abs(largest_angle(A, B) - np.pi / 2) < 1e-5 for A, B in upright),
    )
    yield refuses(largest_angle, "the shapes differ", np.eye(3)[:, :2], np.eye(3)[:, :1])
    yield refuses(largest_angle, "columns depend on each other", [[1, 2], [1, 2]], np.eye(2))


@exercise()
def fit_autoencoder(fit_autoencoder: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the models' layers, and their codes and images of data held out."""
    from course.checks.keras_autoencoders import (
        BETTER,
        NEITHER,
        TARGETS,
        TrainedAutoencoder,
        with_luck,
    )

    function = returned(fit_autoencoder, "return encoder, decoder")
    known, fresh = (draw_spots(rng, m, OBLONG) for m in (800, HELD_OUT_IMAGES))
    square, fresh_square = (draw_spots(rng, m, SQUARE) for m in (1600, HELD_OUT_IMAGES))
    turned, fresh_turned = map(quarter_turn, (square, fresh_square))

    def trained() -> TrainedAutoencoder:
        return TrainedAutoencoder(function(known.copy(), CODE, EPOCHS), known, fresh)

    def trained_to_turn() -> TrainedAutoencoder:
        return TrainedAutoencoder(function(square.copy(), CODE, 2, turned), square, fresh_square)

    def trained_briefly() -> TrainedAutoencoder:
        few = known[:HELD_OUT_IMAGES].tolist()
        return TrainedAutoencoder(function(few, CODE, 1), known, fresh)

    def made(models: TrainedAutoencoder, outcome: Callable[[], Any], right: Any) -> Any:
        return right if models.is_built_otherwise() else outcome()

    long = call_once(partial(with_luck, trained, lambda models: models.quality() == BETTER))
    turning = call_once(
        partial(with_luck, trained_to_turn, lambda models: models.nearest(fresh_turned) != NEITHER)
    )
    briefly = call_once(trained_briefly)
    asked = f"fit_autoencoder(X {known.shape}, k={CODE}, epochs={EPOCHS})"
    yield Observation(f"the shape of the codes of {asked}", lambda: long().code_shape())
    yield Observation(
        f"the signs of the smallest and the largest code of {asked}", lambda: long().signs()
    )
    yield Observation(f"the shape of the images of {asked}", lambda: long().image_shape())
    yield Observation(
        f"the shapes of the weights of {asked}",
        lambda: long().weight_shapes(),
        parts=("the encoder", "the decoder"),
    )
    yield Observation(f"the activations of {asked}", lambda: long().activations())
    yield Observation("the sum over an image's pixels", lambda: long().sums())
    yield Observation(
        f"the error of {asked} on {HELD_OUT_IMAGES} images held out",
        lambda: made(long(), long().quality, BETTER),
    )
    yield Observation(
        "what comes out when the targets are the images turned by a right angle",
        lambda: made(turning(), lambda: turning().nearest(fresh_turned), TARGETS),
    )
    yield Observation(
        f"whether one epoch of {HELD_OUT_IMAGES} images, given as lists, is enough",
        lambda: made(briefly(), lambda: briefly().quality() == BETTER, False),
    )


def draw_spots(
    rng: np.random.Generator, m: int, sides: tuple[int, int], width: float = 1.3
) -> np.ndarray:
    """Draw m images (m, n) of `sides` pixels, each with one bright spot at a random place.

    Two numbers determine such an image. An autoencoder finds them within some hundred steps, where
    digits take thousands, and a linear model approximates such images poorly.
    """
    down, across = (
        np.exp(-((rng.uniform(1, side - 2, size=(m, 1)) - np.arange(side)) ** 2) / (2 * width**2))
        for side in sides
    )
    return np.asarray(down[:, :, None] * across[:, None, :]).reshape(m, -1)


def quarter_turn(images: np.ndarray) -> np.ndarray:
    """Return square images (m, 64) turned by a right angle, which two turns do not undo."""
    return np.rot90(images.reshape(-1, *SQUARE), axes=(1, 2)).reshape(images.shape)


@exercise()
def denoising_pairs(denoising_pairs: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe properties of any noise; image i has the mean 100 i, so it can be identified."""
    m, n, copies, noise = 30, 50, 4, float(rng.uniform(0.2, 0.4))
    function = returned(denoising_pairs, "return noisy, clean")
    chequered = 150 * (-1.0) ** np.add.outer(np.arange(m), np.arange(n))
    X = 100.0 * np.arange(m)[:, None] + chequered + rng.random((m, n))
    seeds = [int(seed) for seed in rng.integers(2**32, size=2)]

    def draw(seed: int = seeds[0]) -> tuple[np.ndarray, np.ndarray]:
        noisy, clean = function(X.copy(), noise, copies, np.random.default_rng(seed))
        return np.asarray(noisy, dtype=float), np.asarray(clean, dtype=float)

    yield Observation("the shapes of noisy and clean", lambda: tuple(a.shape for a in draw()))
    yield Observation(
        "the shapes for images as lists",
        lambda: tuple(
            np.shape(part)
            for part in function(X[:3].tolist(), noise, 2, np.random.default_rng(seeds[0]))
        ),
    )
    yield Observation("where the noise is", lambda: _noisy_part(X, *draw()))
    yield Observation("how large the noise is", lambda: _noise_size(X, *draw(), noise))
    yield Observation("how the noise is spread", lambda: _noise_distribution(X, *draw()))
    yield invariant(
        "row i of noisy is a copy of row i of clean",
        lambda: bool(np.abs(np.subtract(*(_image_numbers(part) for part in draw()))).max() < 0.5),
    )
    yield invariant(
        "every image is there `copies` times",
        lambda: np.array_equal(np.bincount(_image_numbers(draw()[1]), minlength=m), [copies] * m),
    )
    yield invariant(
        "no two copies of an image have the same noise", lambda: _all_differ(X, draw()[0])
    )
    yield invariant("every pixel has noise of its own", lambda: _is_per_pixel(X, draw()[0]))
    yield invariant(
        "generators of one seed give one draw",
        lambda: all(map(np.array_equal, draw(), draw())),
    )
    yield invariant(
        "generators of different seeds give different noise, not only another order of images",
        lambda: len({np.sort(draw(seed)[0], axis=None).tobytes() for seed in seeds}) == 2,
    )
    yield refuses(denoising_pairs, "copies is 0", X, noise, 0, np.random.default_rng(0))
    yield refuses(denoising_pairs, "noise is below 0", X, -0.1, 1, np.random.default_rng(0))


def _image_numbers(rows: np.ndarray) -> np.ndarray:
    """Return the number of each image, given by its mean."""
    return np.rint((rows.mean(axis=1) - 0.5) / 100).astype(int).clip(0)


def _noise(X: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return rows - X[_image_numbers(rows).clip(0, len(X) - 1)]


def _noisy_part(X: np.ndarray, noisy: np.ndarray, clean: np.ndarray) -> str:
    """Describe which of the two parts holds noise."""
    found = [
        name
        for name, part in (("noisy", noisy), ("clean", clean))
        if np.abs(_noise(X, part)).max() > 1e-9
    ]
    return f"in {' and '.join(found)}" if found else "nowhere"


def _noise_size(X: np.ndarray, noisy: np.ndarray, clean: np.ndarray, noise: float) -> str:
    """Compare the standard deviation with the given one, and say whether the mean is 0."""
    part = _noise(X, noisy) if _noisy_part(X, noisy, clean) != "in clean" else _noise(X, clean)
    ratio = float(part.std()) / noise
    size = "too small" if ratio < 0.85 else "right" if ratio < 1.15 else "too large"
    return f"{size}, its mean {'0' if abs(part.mean()) < 0.2 * noise else 'not 0'}"


def _noise_distribution(X: np.ndarray, noisy: np.ndarray, clean: np.ndarray) -> str:
    """Say whether the share within one standard deviation is that of normal noise."""
    part = _noise(X, noisy)
    if part.std() < 1e-9:
        return "there is none"
    within = float(np.mean(np.abs(part - part.mean()) < part.std()))
    return "normally" if abs(within - 0.683) < 0.045 else "not normally"


def _all_differ(X: np.ndarray, noisy: np.ndarray) -> bool:
    return len(np.unique(_noise(X, noisy).round(9), axis=0)) == len(noisy)


def _is_per_pixel(X: np.ndarray, noisy: np.ndarray) -> bool:
    part = _noise(X, noisy)
    return bool(part.std(axis=1).mean() > 0.5 * part.std() and part.std(axis=0).min() > 0)
