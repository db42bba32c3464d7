"""The explorable Bumps: pairs of sigmoid units side by side approximate any curve."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.explore.base.controls import Choice, Control, Slider
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Curve, Mesh, Panel, Path, Rule
from course.explore.base.student import StudentMistakeError, call_student, written_or_none
from course.models import network

JUMP = 0.437
"""Where the curve "jump" does; no edge of a bump lies here."""
_X = np.sort(np.append(np.linspace(0, 1, 301), [np.nextafter(JUMP, 0), JUMP]))
"""Where curves and sums are compared: on both sides of the jump too, where the error is largest."""
_X.flags.writeable = False
POINTS = len(_X)
MAX_BUMPS = 40
_MAX_ERROR = 1.9
"""More than any curve is missed by, so that no error is off its panel."""

Function = Callable[[np.ndarray], np.ndarray]

CURVES: dict[str, Function] = {
    "resonance": lambda x: 1.9 / (1 + ((x - 0.55) / 0.06) ** 2) - 0.7 - 0.3 * x,
    "wave": lambda x: 0.9 * np.sin(9 * x + 0.4) * (0.4 + 0.6 * x),
    "kink": lambda x: 1.8 * np.abs(x - 0.4) - 0.6,
    "jump": lambda x: np.where(x < JUMP, -0.6, 0.7),
}


@dataclass(frozen=True)
class State:
    """The values of Bumps's sliders."""

    curve: str = "resonance"
    n_bumps: int = 8
    steepness: float = 20.0


class Bumps(Explorable):
    """A row of bumps approximates a curve on [0, 1].

    Parameters
    ----------
    bump
        Your own ``bump(x, left, right, height, steepness) -> (m,)``, used for every bump once it
        is written.
    **state
        Initial values of the sliders.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "bumps"
    title = "Bumps: one hidden layer follows any curve"
    about = (
        "Each bump is two sigmoid units: one up, one down. As many bumps as you like stand side by "
        "side, each as high as the curve in its middle; their sum is the network's answer."
    )
    state_class = State
    presets: Mapping[str, Mapping[str, Any]] = {
        "few": {"n_bumps": 5, "steepness": 20.0},
        "many": {"n_bumps": 40, "steepness": 20.0},
        "flat": {"n_bumps": 12, "steepness": 2.0},
        "stairs": {"n_bumps": 12, "steepness": 80.0},
    }

    def __init__(self, *, bump: Callable[..., Any] | None = None, **state: Any) -> None:
        self.bump, self.note = written_or_none(bump)
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the choice of curve, the number of bumps and their steepness."""
        swept = self.bump is None
        return (
            Choice(key="curve", name="curve", options=tuple(CURVES)),
            Slider(
                key="n_bumps", name="bumps", symbol="n", low=1, high=MAX_BUMPS, steps=MAX_BUMPS,
                whole=True, carried=14, swept=swept,
            ),
            Slider(
                key="steepness", name="steepness × width", log=True, carried=6,
                choices=(1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 30.0, 40.0, 50.0, 80.0), swept=swept,
            ),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the curve with its network, the error along it, and the error by number."""
        return (
            Panel(
                "The curve and the sum",
                Axis("x", 0, 1),
                Axis("f(x)", -1.4, 1.4),
                [
                    Mesh("bump_x", "bump_y", colour="quiet", label="one bump"),
                    Curve("x", "target", colour="data", label="curve"),
                    Curve("x", "sum", label="sum", ghost=True),
                ],
                ground=("target",),
            ),
            Panel(
                "What is missing",
                Axis("x", 0, 1),
                Axis("sum − f", -_MAX_ERROR, _MAX_ERROR),
                [
                    Curve("x", "error", label="error", ghost=True),
                    Rule("above", label="largest"),
                    Rule("below"),
                ],
                ground=("target",),
            ),
            Panel(
                "Largest error",
                Axis("bumps n", 1, MAX_BUMPS, log=True),
                Axis("largest error", 0.01, 2, log=True),
                [
                    Path("numbers", "errors", head=False, ghost=True, label="this steepness"),
                    Rule("n", cuts="x", label="n"),
                ],
                ground=("target",),
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the bumps, their sum and its error; and the largest error for every number."""
        f = CURVES[state.curve]
        target = f(_X)
        mistake = ""
        try:
            rows = self._rows(f, state.n_bumps, state.steepness)
        except StudentMistakeError as wrong:
            rows, mistake = np.full((state.n_bumps, POINTS), np.nan), str(wrong)
        total = rows.sum(axis=0)
        largest = float(np.abs(total - target).max())
        shown = np.full((1, MAX_BUMPS, POINTS), np.nan, dtype=np.float32)
        shown[0, : len(rows)] = rows
        arrays = {
            "x": _X,
            "target": target,
            "sum": total,
            "error": total - target,
            "bump_x": _BUMP_X,
            "bump_y": shown,
            "numbers": np.arange(1, MAX_BUMPS + 1),
            "errors": _largest_errors(state.curve, state.steepness),
        }
        scalars = {"above": largest, "below": -largest, "n": state.n_bumps}
        return Frame(arrays, mistake or self.note + _summary(state, largest), scalars)

    def _rows(self, f: Function, n_bumps: int, steepness: float) -> np.ndarray:
        """Return every bump along x, (n_bumps, POINTS)."""
        left, right, heights = _row(f, n_bumps)
        if self.bump is None:
            return _bumps(left, right, heights, steepness * n_bumps)
        rows = [
            call_student(self.bump, _X, *map(float, edge), steepness * n_bumps, shape=_X.shape)
            for edge in zip(left, right, heights, strict=True)
        ]
        return np.array(rows)


def _row(f: Function, n_bumps: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return left edges, right edges and heights of a row; its outer edges are outside [0, 1]."""
    left = np.arange(n_bumps) / n_bumps
    right = left + 1 / n_bumps
    heights = f((left + right) / 2)
    left[0], right[-1] = -1.0, 2.0
    return left, right, heights


def _bumps(
    left: np.ndarray, right: np.ndarray, heights: np.ndarray, steepness: float
) -> np.ndarray:
    """Return bumps along x as the 2n hidden units of one network, taken in pairs."""
    edges = np.concatenate([left, right])
    hidden = (np.full((1, len(edges)), steepness), -steepness * edges)
    units = network.forward(_X[:, None], [hidden], ["sigmoid"])[-1]
    return (heights * (units[:, : len(left)] - units[:, len(left) :])).T


_CACHE: dict[tuple[str, float], np.ndarray] = {}


def _largest_errors(curve: str, steepness: float) -> np.ndarray:
    """Return the largest error of 1, 2, …, MAX_BUMPS bumps."""
    if (curve, steepness) not in _CACHE:
        f = CURVES[curve]
        sums = [_bumps(*_row(f, n), steepness * n).sum(axis=0) for n in range(1, MAX_BUMPS + 1)]
        _CACHE[curve, steepness] = np.abs(np.array(sums) - f(_X)).max(axis=1)
    return _CACHE[curve, steepness]


def _summary(state: State, largest: float) -> str:
    units = 2 * state.n_bumps
    plural = "s" if state.n_bumps > 1 else ""
    text = f"{state.n_bumps} bump{plural}, {units} hidden units: largest error {largest:.2g}."
    if state.curve == "jump":
        return f"{text} The curve jumps: near the jump no continuous network comes close."
    if state.steepness < 5:
        return f"{text} The bumps are so flat that they smear into each other."
    if state.steepness > 40:
        return f"{text} The edges are so steep that the sum is a staircase."
    return text


_BUMP_X = np.broadcast_to(_X.astype(np.float32), (1, MAX_BUMPS, POINTS)).copy()
_BUMP_X.flags.writeable = False
