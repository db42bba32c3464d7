"""Clouds of points, their principal axes, and the shortest rotation to those axes.

Exercises ask for principal axes, so a notebook may not call these: see `course.notebook_guard`.
"""

import numpy as np

from course.notebook_guard import library_only

POINTS = 110


def _tilted_cloud(spreads: tuple[float, float, float], seed: int) -> np.ndarray:
    """Draw a normal cloud with these standard deviations along randomly rotated axes, (110, 3)."""
    rng = np.random.default_rng(seed)
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    drawn = rng.normal(size=(POINTS, 3))
    return _centre(drawn * spreads @ turn)


def _ellipse() -> np.ndarray:
    rng = np.random.default_rng(5)
    long, short = np.array([0.57, 0.82, 0.0]), np.array([-0.82, 0.57, 0.0])
    return _centre(
        rng.normal(size=(POINTS, 1)) * 1.8 * long + rng.normal(size=(POINTS, 1)) * 0.5 * short
    )


def _bow() -> np.ndarray:
    """Place points along a half circle with a little noise, rotated by 0.9 radians."""
    rng = np.random.default_rng(2)
    angle = np.linspace(-0.5 * np.pi, 0.5 * np.pi, POINTS)
    X = np.column_stack([2.6 * np.sin(angle), 2.6 * np.cos(angle), np.zeros(POINTS)])
    X[:, :2] += rng.normal(0, 0.08, size=(POINTS, 2))
    a = 0.9
    return _centre(X @ np.array([[np.cos(a), np.sin(a), 0], [-np.sin(a), np.cos(a), 0], [0, 0, 1]]))


def _centre(X: np.ndarray) -> np.ndarray:
    return X - X.mean(axis=0)


CLOUDS = {
    "ellipse": _ellipse(),
    "pancake": _tilted_cloud((1.6, 1.3, 0.25), seed=5),
    "cigar": _tilted_cloud((1.7, 0.45, 0.35), seed=4),
    "bow": _bow(),
}
"""Centred points (110, 3); ellipse and bow are flat: their third coordinate is 0."""


@library_only
def principal_axes(X: np.ndarray) -> np.ndarray:
    """Return the principal axes of centred points (m, n) as columns (n, n), largest first."""
    return np.linalg.svd(X, full_matrices=True)[2].T


@library_only
def rotation_path(axes: np.ndarray, steps: int) -> np.ndarray:
    """Return the axes while they rotate from the coordinate axes to `axes`, (steps + 1, 3, 3).

    The sign of an axis is free: signs are chosen for the shortest proper rotation. The path is that
    of Rodrigues: equal steps of the angle about one line.
    """
    signs = [np.array([a, b, c]) for a in (1, -1) for b in (1, -1) for c in (1, -1)]
    proper = [axes * sign for sign in signs if np.linalg.det(axes * sign) > 0]
    end = max(proper, key=np.trace)
    angle = np.arccos(np.clip((np.trace(end) - 1) / 2, -1, 1))
    if angle < 1e-9:
        return np.repeat(np.eye(3)[None], steps + 1, axis=0)
    K = (end - end.T) / (2 * np.sin(angle))
    parts = angle * np.linspace(0, 1, steps + 1)[:, None, None]
    return np.eye(3) + np.sin(parts) * K + (1 - np.cos(parts)) * (K @ K)
