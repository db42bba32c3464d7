"""Clouds of points to turn axes in, their principal axes, and the shortest way to turn there.

Exercises ask for principal axes, so a notebook may not call these: see `course.notebook_guard`.
"""

import numpy as np

from course.notebook_guard import library_only

POINTS = 110


def _tilted(spreads: tuple[float, float, float], seed: int) -> np.ndarray:
    """Draw a normal cloud with these standard deviations along randomly turned axes, (110, 3)."""
    rng = np.random.default_rng(seed)
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    drawn = rng.normal(size=(POINTS, 3))
    return _centred(drawn * spreads @ turn)


def _ellipse() -> np.ndarray:
    rng = np.random.default_rng(5)
    long, short = np.array([0.57, 0.82, 0.0]), np.array([-0.82, 0.57, 0.0])
    return _centred(
        rng.normal(size=(POINTS, 1)) * 1.8 * long + rng.normal(size=(POINTS, 1)) * 0.5 * short
    )


def _bow() -> np.ndarray:
    """Place points along a half circle with a little noise, turned by half a radian."""
    rng = np.random.default_rng(2)
    angle = np.linspace(-0.5 * np.pi, 0.5 * np.pi, POINTS)
    X = np.column_stack([2.6 * np.sin(angle), 2.6 * np.cos(angle), np.zeros(POINTS)])
    X[:, :2] += rng.normal(0, 0.08, size=(POINTS, 2))
    a = 0.9
    return _centred(
        X @ np.array([[np.cos(a), np.sin(a), 0], [-np.sin(a), np.cos(a), 0], [0, 0, 1]])
    )


def _centred(X: np.ndarray) -> np.ndarray:
    return X - X.mean(axis=0)


CLOUDS = {
    "ellipse": _ellipse(),
    "pancake": _tilted((1.6, 1.3, 0.25), seed=5),
    "cigar": _tilted((1.7, 0.45, 0.35), seed=4),
    "bow": _bow(),
}
"""Points (110, 3) about the origin; ellipse and bow are flat, with 0 as third coordinate."""


@library_only
def principal_axes(X: np.ndarray) -> np.ndarray:
    """Return the principal axes of centred points (m, n) as columns (n, n), largest first."""
    return np.linalg.svd(X, full_matrices=True)[2].T


@library_only
def turned(axes: np.ndarray, steps: int) -> np.ndarray:
    """Return the axes on the way from those of space to `axes`, (steps + 1, 3, 3).

    An axis may point either way: signs are chosen so that the turn is a rotation, and the shortest.
    The way is that of Rodrigues: by even parts of one angle about one line.
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
