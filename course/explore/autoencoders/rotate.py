"""The explorable Rotate: axes rotate from the given coordinates to the principal ones.

Every cloud is stored in three dimensions; the third coordinate of a flat one is 0. The axes follow
the shortest rotation from the given ones to the principal ones, in equal steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from course.data.clouds import CLOUDS, principal_axes, rotation_path
from course.explore.base.controls import Choice, Control, Slider, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Bars, Curve, Panel, Path, Points, Rule
from course.explore.base.student import StudentMistakeError, call_student, written_or_none

STEPS = 24
EDGE = 3.7
LEAN = 0.45
"""Elevation of the camera above a cloud in space, in radians."""


@dataclass(frozen=True)
class State:
    """The values of Rotate's controls."""

    cloud: str = "pancake"
    k: int = 1
    view: int = 30


class Rotate(Explorable):
    """Axes that rotate until the first holds most of the variance, the second most of the rest.

    Parameters
    ----------
    pca
        Your own ``pca(X, k) -> (mean, C, variances)``, which gives the final axes once it is
        written.
    **state
        Initial values of the controls.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "rotate"
    title = "Rotate: which axes hold the variance?"
    about = (
        "Play: the three axes turn from the given coordinates to the principal ones. Bars: the "
        "variance along each axis. Kept points are what the first k axes alone can tell of the "
        "cloud. Turn the camera with the last slider."
    )
    state_class = State
    timeline = Timeline("step", STEPS, seconds=3.0)
    readout = "at step {now} of the turn the first k axes keep {kept} % of the variance"
    presets: Mapping[str, Mapping[str, Any]] = {
        "ellipse": {"cloud": "ellipse", "k": 1},
        "pancake": {"cloud": "pancake", "k": 2},
        "cigar": {"cloud": "cigar", "k": 1},
        "bow": {"cloud": "bow", "k": 1},
    }

    def __init__(self, *, pca: Callable[..., Any] | None = None, **state: Any) -> None:
        self.pca, self.note = written_or_none(pca)
        self._turn = lru_cache(maxsize=len(CLOUDS))(self._turn_axes)
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the choice of cloud, the number of axes kept, and the camera."""
        return (
            Choice(key="cloud", name="cloud", options=tuple(CLOUDS)),
            Slider(key="k", name="axes kept", symbol="k", low=1, high=3, steps=3, whole=True),
            Slider(
                key="view", name="camera", unit="°", low=0, high=180, steps=37, whole=True,
                carried=6,
            ),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the cloud with its axes, the variance along each, and the share kept."""
        return (
            Panel(
                "The cloud and its axes",
                Axis("to the right, as seen", -EDGE, EDGE),
                Axis("upwards, as seen", -EDGE, EDGE),
                [
                    Points("x", "y", label="data", size=3),
                    Curve("axis1_x", "axis1_y", colour="threshold", label="axis 1"),
                    Curve("axis2_x", "axis2_y", colour="validation", dash=True, label="2"),
                    Curve("axis3_x", "axis3_y", colour="train", dash=True, label="3"),
                    Points("kept_x", "kept_y", colour="class1", label="kept", size=3.2),
                ],
            ),
            Panel(
                "Variance along each axis",
                Axis("axis", -0.6, 2.6, ticks=("1", "2", "3")),
                Axis("variance", 0, 4.2),
                [Bars("variances", ghost=False)],
            ),
            Panel(
                "Kept by the first k axes",
                Axis("step of the turn", 0, 1.025 * STEPS),
                Axis("% of the variance", 0, 105),
                [Path("steps", "kept", label="kept"), Rule("best", label="most possible")],
                ground=("total",),
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the rotating axes, projected on the screen, and the points kept by the first k."""
        X, axes, mistake = self._turn(state.cloud)
        k = min(state.k, _dimension(X))
        S = X.T @ X / len(X)
        variances = np.einsum("tij,ik,tkj->tj", axes, S, axes)
        kept = axes[:, :, :k] @ (np.swapaxes(axes[:, :, :k], 1, 2) @ X.T)
        screen = _camera(state.view) if _dimension(X) == 3 else np.eye(3)[:2]
        share = 100 * variances[:, :k].sum(axis=1) / np.trace(S)
        arrays = {
            "variances": variances,
            "steps": np.arange(STEPS + 1),
            "kept": share,
            "total": np.array([np.trace(S)]),
            **_pair("", X @ screen.T),
            **_pair("kept_", np.moveaxis(screen @ kept, 1, 2)),
        }
        for j in range(3):
            reach = 2 * np.sqrt(np.maximum(variances[:, j], 0))[:, None] * axes[:, :, j]
            ends = np.stack([-reach, reach], axis=1) @ screen.T
            arrays |= _pair(f"axis{j + 1}_", ends)
        best = 100 * np.sort(np.linalg.eigvalsh(S))[::-1][:k].sum() / np.trace(S)
        if mistake:
            return Frame(arrays, mistake, {"best": best})
        opening = f"{self.note}{state.cloud}: the axes are the given coordinates. Press play."
        summary = self.note + self._summary(state, k, share)
        return Frame(arrays, summary, {"best": best}, opening)

    def _turn_axes(self, cloud: str) -> tuple[np.ndarray, np.ndarray, str]:
        """Return the cloud (m, 3), the axes at every step (25, 3, 3), and a student's mistake."""
        X = CLOUDS[cloud]
        try:
            return X, rotation_path(self._axes(X), STEPS), ""
        except StudentMistakeError as wrong:
            return X, rotation_path(np.eye(3), STEPS), str(wrong)

    def _axes(self, X: np.ndarray) -> np.ndarray:
        """Return the principal axes as columns (3, 3), from the student's `pca` if there is one."""
        if self.pca is None:
            return principal_axes(X)
        d, own_pca = _dimension(X), self.pca

        def pca(X: np.ndarray, k: int) -> Any:
            return own_pca(X, k)[1]

        C = call_student(pca, X[:, :d].copy(), d, shape=(d, d))
        if not np.allclose(C.T @ C, np.eye(d), atol=1e-6):
            raise StudentMistakeError("The columns of C that your pca returns are not orthonormal.")
        axes = np.eye(3)
        axes[:d, :d] = C
        return axes

    def _summary(self, state: State, k: int, share: np.ndarray) -> str:
        text = (
            f"{state.cloud}: the first {f'{k} axes' if k > 1 else 'axis'} as given "
            f"{'hold' if k > 1 else 'holds'} {share[0]:.0f} % of the variance, "
            f"after the turn {share[-1]:.0f} %."
        )
        if share[-1] > 99.9:
            return f"{text} Nothing is lost: the cloud has no more directions than that."
        if state.cloud == "bow":
            return f"{text} One bent coordinate would do; no straight one does."
        return text


def _dimension(X: np.ndarray) -> int:
    return 3 if np.ptp(X[:, 2]) > 0 else 2


def _camera(degrees: float) -> np.ndarray:
    """Return the directions (2, 3) that are right and up on the screen."""
    a = np.radians(degrees)
    right = np.array([np.cos(a), np.sin(a), 0.0])
    up = np.array([-np.sin(a) * np.sin(LEAN), np.cos(a) * np.sin(LEAN), np.cos(LEAN)])
    return np.stack([right, up])


def _pair(name: str, points: np.ndarray) -> dict[str, np.ndarray]:
    """Name the two coordinates of points (…, 2)."""
    return {f"{name}x": points[..., 0], f"{name}y": points[..., 1]}
