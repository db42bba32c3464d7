"""Hidden tests of unit 07; tests that train a Keras model run the probe only once."""

from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace

import numpy as np
from sklearn.decomposition import PCA

from autograder.hidden_tests.hidden_test import hidden_test
from course.checks import autoencoders as check
from course.checks.observation import Observation, invariant
from course.data.digits import digits


@hidden_test(check.pca)
def pca(pca: Callable, rng: np.random.Generator, right: SimpleNamespace) -> Iterator[Observation]:
    """Equal to scikit-learn's; rotates with the data; independent of the origin."""
    m, n, k = 30, 5, 2
    X, turn = check.draw_cloud(rng, m, n), check.draw_orthonormal(rng, n, n)
    shift = rng.normal(size=n) * 10

    def projector(C: np.ndarray) -> np.ndarray:
        return np.asarray(C) @ np.transpose(C)

    yield invariant(
        "a well-known library finds the same plane and the same variances",
        lambda: (
            np.allclose(projector(pca(X, k)[1]), projector(PCA(k).fit(X).components_.T))
            and np.allclose(pca(X, k)[2], PCA(k).fit(X).explained_variance_ * (m - 1) / m)
        ),
    )
    yield invariant(
        "turning the data turns the axes and leaves the variances",
        lambda: (
            np.allclose(projector(pca(X @ turn, k)[1]), turn.T @ projector(pca(X, k)[1]) @ turn)
            and np.allclose(pca(X @ turn, k)[2], pca(X, k)[2])
        ),
    )
    yield invariant(
        "moving all data moves the mean alone",
        lambda: (
            np.allclose(pca(X + shift, k)[0], pca(X, k)[0] + shift)
            and np.allclose(projector(pca(X + shift, k)[1]), projector(pca(X, k)[1]))
        ),
    )
    yield invariant(
        "all variances together are the variance of the data",
        lambda: np.isclose(np.sum(pca(X, n)[2]), X.var(axis=0).sum()),
    )


@hidden_test(check.reconstruct)
def reconstruct(
    reconstruct: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Idempotent; exact with all axes; the error is the sum of the variances left out."""
    X = check.draw_cloud(rng, 25, 6)
    mean, C, _ = right.pca(X, 2)
    everything = right.pca(X, 6)

    def back(rows: np.ndarray) -> np.ndarray:
        return np.asarray(reconstruct(rows, mean, C))

    yield invariant(
        "reconstructing twice changes nothing", lambda: np.allclose(back(back(X)), back(X))
    )
    yield invariant(
        "with as many axes as features nothing is lost",
        lambda: np.allclose(reconstruct(X, everything[0], everything[1]), X),
    )
    yield invariant(
        "what is lost is perpendicular to every axis",
        lambda: np.allclose((X - back(X)) @ C, 0, atol=1e-8),
    )
    yield invariant(
        "the mean squared loss is the sum of the variances left out",
        lambda: np.isclose(np.sum((X - back(X)) ** 2) / len(X), everything[2][2:].sum()),
    )


@hidden_test(check.tied_autoencoder_loss_and_gradient)
def tied_autoencoder_loss_and_gradient(
    given: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Equal to finite differences; loss never below PCA's; descent ends in PCA's plane."""
    n, k = 5, 2
    X = check.draw_cloud(rng, 20, n, reach=2.0)
    parameters = [rng.normal(size=(n, k)), rng.normal(size=k), rng.normal(size=n)]

    def difference(which: int) -> np.ndarray:
        slope = np.zeros_like(parameters[which])
        for place in np.ndindex(slope.shape):
            ends = []
            for step in (1e-5, -1e-5):
                moved = [array.copy() for array in parameters]
                moved[which][place] += step
                ends.append(float(given(X, *moved)[0]))
            slope[place] = (ends[0] - ends[1]) / 2e-5
        return slope

    for which, name in enumerate(("W", "b", "c")):
        yield invariant(
            f"the gradient for {name} is that of finite differences of the loss",
            partial(
                lambda which: np.allclose(
                    given(X, *parameters)[1 + which], difference(which), rtol=1e-4, atol=1e-4
                ),
                which,
            ),
        )
    mean, C, _ = right.pca(X, k)
    floor = right.pca(X, n)[2][k:].sum()
    yield invariant(
        "at PCA's plane, with c the mean and b minus the mean's code, the loss is PCA's",
        lambda: np.isclose(given(X, C, -mean @ C, mean)[0], floor),
    )
    yield invariant(
        "at PCA's plane every gradient is 0",
        lambda: all(np.allclose(g, 0, atol=1e-8) for g in given(X, C, -mean @ C, mean)[1:]),
    )
    start = 0.3 * rng.normal(size=(n, k))
    yield invariant(
        "100 steps downhill from a random start end in PCA's plane",
        lambda: angle_between(_descend(given, start), np.eye(n)[:, :k]) < 0.05,
    )


def angle_between(A: np.ndarray, B: np.ndarray) -> float:
    """Return the largest angle, by another formula than the unit's: from the two projections."""
    onto_a, onto_b = (M @ np.linalg.pinv(M) for M in (A, B))
    return float(np.arcsin(min(1.0, float(np.linalg.norm(onto_a - onto_b, 2)))))


def _descend(given: Callable, start: np.ndarray) -> np.ndarray:
    """Return W after descent on data whose principal axes are the axes of space, in order."""
    n, k = start.shape
    half = np.diag([*[1.6] * k, *[0.3] * (n - k)]) * np.sqrt(n)
    X = np.concatenate([half, -half])
    W, b, c = start, np.zeros(k), np.zeros(n)
    for _ in range(100):
        _, dW, db, dc = given(X, W, b, c)
        W, b, c = W - 0.05 * dW, b - 0.05 * db, c - 0.05 * dc
    return W


@hidden_test(check.largest_angle)
def largest_angle(
    largest_angle: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Equal to SciPy's; symmetric; independent of the basis and of rotations."""
    n, k = 6, 2
    A, B = rng.normal(size=(n, k)), rng.normal(size=(n, k))
    turn, mix = check.draw_orthonormal(rng, n, n), rng.normal(size=(k, k))
    tilt = float(rng.uniform(0.02, 1.4))
    tilted = np.eye(n)[:, :k].copy()
    tilted[:, 0] = np.cos(tilt) * np.eye(n)[0] + np.sin(tilt) * np.eye(n)[n - 1]
    yield invariant(
        "its sine is the largest stretch of the difference of the two projections",
        lambda: np.isclose(largest_angle(A, B), angle_between(A, B)),
    )
    yield invariant(
        "the angle from A to B is that from B to A",
        lambda: np.isclose(largest_angle(A, B), largest_angle(B, A)),
    )
    yield invariant(
        "another basis of B's space changes nothing",
        lambda: np.isclose(largest_angle(A, B @ mix), largest_angle(A, B)),
    )
    yield invariant(
        "turning both changes nothing",
        lambda: np.isclose(largest_angle(turn @ A, turn @ B), largest_angle(A, B)),
    )
    yield invariant(
        "tilting one axis by an angle gives that angle",
        lambda: np.isclose(largest_angle(np.eye(n)[:, :k], tilted), tilt),
    )


@hidden_test(check.fit_autoencoder, rounds=1)
def fit_autoencoder(
    fit_autoencoder: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """No further invariant: the probe's two trainings, on the school's images, suffice."""
    yield from ()


@hidden_test(check.denoising_pairs)
def denoising_pairs(
    denoising_pairs: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Without noise both halves agree; a linear fit to the pairs removes noise from new digits."""
    known, fresh = (part.X for part in digits(held_out=400, seed=int(rng.integers(2**32))))
    known, noise, seed = known[:500], 0.3, int(rng.integers(2**32))
    noisy_fresh = fresh + rng.normal(0, noise, size=fresh.shape)

    def left_over() -> float:
        """Return the share of the noise that a straight-line denoiser leaves on new digits."""
        noisy, clean = denoising_pairs(known, noise, 2, np.random.default_rng(seed))
        with_ones = np.column_stack([noisy, np.ones(len(noisy))])
        lines = np.linalg.lstsq(with_ones, clean, rcond=None)[0]
        denoised = np.column_stack([noisy_fresh, np.ones(len(fresh))]) @ lines
        return float(np.sum((denoised - fresh) ** 2) / np.sum((noisy_fresh - fresh) ** 2))

    yield invariant(
        "with noise 0 the noisy images are the clean ones",
        lambda: np.array_equal(*denoising_pairs(known[:20], 0.0, 3, np.random.default_rng(seed))),
    )
    yield invariant(
        "straight lines fitted to the pairs take most of the noise off digits held out",
        lambda: left_over() < 0.5,
    )
