"""The cost of a straight line through points, as a surface over its two parameters.

J(θ) = 1/(2m) Σ (X θ − y)², with X a column of ones and one feature. J is a paraboloid, so gradient
descent on it is determined by the two eigenvalues of its curvature XᵀX/m.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course.data import hubble1929

FEATURES = ("raw", "standardised")
_GRID = 72  # points along each side of the surface
_FAR = 20  # window widths; paths end there


def validate_points(X: object, y: object) -> tuple[np.ndarray, np.ndarray]:
    """Return the feature ``(m,)`` and the targets ``(m,)`` as floats.

    Parameters
    ----------
    X
        ``(m,)`` or ``(m, 1)``: the feature; ``(m, 2)``: a column of ones and the feature.
    y
        ``(m,)``.

    Raises
    ------
    ValueError
        If a shape is wrong, there are fewer than two points, a value is not finite, or all
        features are equal, so that no line is determined.
    """
    feature, target = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    shapes = f"X has shape {feature.shape} and y {target.shape}"
    if feature.ndim == 2 and feature.shape[1] == 2 and (feature[:, 0] == 1).all():
        feature = feature[:, 1]
    elif feature.ndim == 2 and feature.shape[1] == 1:
        feature = feature[:, 0]
    if feature.ndim != 1 or target.ndim != 1 or len(feature) != len(target):
        raise ValueError(f"{shapes}; expected (m,), or (m, 2) with a column of ones, and (m,)")
    if len(target) < 2:
        raise ValueError(f"{shapes}; a line needs at least two points")
    for name, values in (("X", feature), ("y", target)):
        bad = int((~np.isfinite(values)).sum())
        if bad:
            raise ValueError(f"{name} holds {bad} value(s) that are not finite; leave them out")
    if np.ptp(feature) == 0:
        raise ValueError(f"all features equal {feature[0]:g}; a line needs two different ones")
    return feature, target


@dataclass(frozen=True)
class CostSurface:
    """J over (θ₀, θ₁) for one scaling of the feature.

    Parameters
    ----------
    X
        ``(m, 2)``, a column of ones and the feature.
    y
        ``(m,)``.
    """

    X: np.ndarray
    y: np.ndarray

    @cached_property
    def minimum(self) -> np.ndarray:
        """The least-squares parameters, ``(2,)``."""
        return np.linalg.lstsq(self.X, self.y, rcond=None)[0]

    @cached_property
    def lambda_max(self) -> float:
        """The largest curvature of J: the larger eigenvalue of XᵀX/m."""
        return float(np.linalg.eigvalsh(self.X.T @ self.X / len(self.y))[-1])

    @cached_property
    def least_cost(self) -> float:
        """J at its minimum."""
        return float(self.costs(self.minimum))

    def costs(self, theta: np.ndarray) -> np.ndarray:
        """Return J at every ``theta (..., 2)``."""
        residuals = theta @ self.X.T - self.y
        return (residuals**2).mean(axis=-1) / 2

    def gradient(self, X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
        """Return ∂J/∂θ ``(2,)`` over the rows given."""
        return X.T @ (X @ theta - y) / len(y)


class LineProblem:
    """Points, their two cost surfaces, and a window that shows both.

    Parameters
    ----------
    X, y
        See `validate_points`; by default Hubble's galaxies.

    Raises
    ------
    ValueError
        If the points determine no line, or only one of X and y is given.
    """

    def __init__(self, X: object = None, y: object = None) -> None:
        if (X is None) != (y is None):
            raise ValueError(f"{'y' if X is None else 'X'} is given alone; give both X and y")
        own = X is not None
        self.x, self.y = validate_points(X, y) if own else hubble1929()
        self.x_label, self.y_label = ("x", "y") if own else ("distance / Mpc", "velocity / (km/s)")
        self.data_label = "data" if own else "24 nebulae"
        ones = np.ones_like(self.x)
        self.shift, self.scale = {"raw": 0.0}, {"raw": 1.0}
        self.shift["standardised"], self.scale["standardised"] = self.x.mean(), self.x.std()
        self.surfaces = {
            kind: CostSurface(np.column_stack([ones, self._feature(self.x, kind)]), self.y)
            for kind in FEATURES
        }

    def _feature(self, x: np.ndarray, kind: str) -> np.ndarray:
        return (x - self.shift[kind]) / self.scale[kind]

    @cached_property
    def window(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Ranges of θ₀ and θ₁ that contain both minima with a margin, in round numbers."""
        minima = np.array([self.surfaces[kind].minimum for kind in FEATURES])
        low, high = minima.min(axis=0), minima.max(axis=0)
        margin = 1.8 * max(self.y.std(), float((high - low).max()), 1e-9)
        grain = 10.0 ** np.floor(np.log10(margin))
        lows = np.floor((low - margin) / grain) * grain
        highs = np.ceil((high + margin) / grain) * grain
        ends = np.column_stack([lows, highs])
        theta0, theta1 = ((float(f"{a:.6g}"), float(f"{b:.6g}")) for a, b in ends)
        return theta0, theta1

    @cached_property
    def start(self) -> tuple[float, float]:
        """A start far from the minimum, both across the valley and along it."""
        (a0, b0), (a1, b1) = self.window
        grain = (b0 - a0) / 40, (b1 - a1) / 40
        return float(f"{a0 + 5 * grain[0]:.6g}"), float(f"{a1 + 16 * grain[1]:.6g}")

    @cached_property
    def cost_range(self) -> tuple[float, float]:
        """Ends of the axis of J, the same for both surfaces."""
        corners = np.stack(np.meshgrid(*self.window), axis=-1).reshape(-1, 2)
        top = 3 * max(float(self.surfaces[k].costs(corners).max()) for k in FEATURES)
        return max(0.6 * self.surfaces["raw"].least_cost, 1e-4 * top), top

    @cached_property
    def fields(self) -> dict[str, np.ndarray]:
        """For each kind of feature, J over the window, ``(72, 72)``.

        Read-only, so a page gets each field once.
        """
        fields = {}
        for kind, surface in self.surfaces.items():
            theta0, theta1 = (np.linspace(a, b, _GRID) for a, b in self.window)
            grid = np.stack(np.meshgrid(theta0, theta1), axis=-1)
            field = surface.costs(grid).astype(np.float32)
            field.flags.writeable = False
            fields[kind] = field
        return fields

    def with_points(self, x: np.ndarray, y: np.ndarray) -> LineProblem:
        """Return the problem of other points, shown in the same window and on the same axes.

        Raises
        ------
        ValueError
            If they determine no line.
        """
        other = LineProblem(x, y)
        for name in ("window", "start", "cost_range", "x_range", "y_range"):
            setattr(other, name, getattr(self, name))
        return other

    @cached_property
    def background(self) -> dict[str, np.ndarray]:
        """The points and the ends of the line, sent to a page once."""
        low, high = self.x_range
        arrays = {"x": self.x, "y": self.y, "line_x": np.array([low, high])}
        arrays = {name: values.astype(np.float32) for name, values in arrays.items()}
        for values in arrays.values():
            values.flags.writeable = False
        return arrays

    @cached_property
    def x_range(self) -> tuple[float, float]:
        """Ends of the axis of the data's x."""
        margin = 0.06 * np.ptp(self.x)
        return float(self.x.min() - margin), float(self.x.max() + margin)

    @cached_property
    def y_range(self) -> tuple[float, float]:
        """Ends of the axis of the data's y, with a margin for poorly fitting lines."""
        margin = 0.45 * (np.ptp(self.y) or 1.0)
        return float(self.y.min() - margin), float(self.y.max() + margin)

    def line(self, path: np.ndarray, kind: str) -> np.ndarray:
        """Return the heights ``(k, 2)`` at both ends of the line for every ``path (k, 2)``."""
        ends = self._feature(np.array(self.x_range), kind)
        return path[:, :1] + path[:, 1:] * ends

    def is_far(self, theta: Sequence[float] | np.ndarray) -> bool:
        """Tell whether ``theta`` is so far outside the window that its path ends."""
        widths = [b - a for a, b in self.window]
        return not bool((np.abs(theta) < _FAR * np.array(widths)).all())
