"""The explorable OptimiserRace: five optimisers from one start, on three landscapes.

The steps are those of unit 03: momentum v ← βv + g; AdaGrad and RMSprop divide by √(s + ε), Adam
by √ŝ + ε with both means corrected for their zero initial values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.explore.base.controls import Choice, Control, Slider, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Curve, Field, Marker, Panel, Path
from course.explore.base.student import StudentMistakeError, failed, written_or_none

STEPS = 140
EPSILON = 1e-8
START = (-1.7, 1.0)
"""The start in all landscapes: on the ravine's wall, the saddle's ridge, in the wrong well."""

_GRID = 96
_FAR = 30.0
_X, _Y = (-2.0, 2.0), (-1.5, 1.5)
_MIN_HEIGHT, _MAX_HEIGHT = 1e-8, 30.0
_ARRIVED = 1e-3
_UNEVEN = 0.15

Point = np.ndarray
"""A place in the plane, (2,)."""


@dataclass(frozen=True)
class Landscape:
    """A function of the plane, its gradient, and the deepest point.

    Attributes
    ----------
    height : callable
        Takes x and y, arrays of one shape; 0 at the deepest point.
    gradient : callable
        Takes points (k, 2), returns (k, 2).
    deepest : tuple
    """

    height: Callable[[np.ndarray, np.ndarray], np.ndarray]
    gradient: Callable[[np.ndarray], np.ndarray]
    deepest: tuple[float, float]


def _deeper_well() -> float:
    """Return the deepest x of (x² − 1)²/4 − 0.15 x: the rightmost root of its slope."""
    return float(np.max(np.real(np.roots([1.0, 0.0, -1.0, -_UNEVEN]))))


_WELL = _deeper_well()
_FLOOR = (_WELL**2 - 1) ** 2 / 4 - _UNEVEN * _WELL

# The saddle's ridge runs from the start through the origin, except for 0.03 degrees: a run that
# started on it exactly would never leave it.
_ANGLE = np.arctan2(START[1], START[0]) - 0.0005
_RIDGE = np.array([np.cos(_ANGLE), np.sin(_ANGLE)])
_DOWN = np.array([-np.sin(_ANGLE), np.cos(_ANGLE)])


def _along(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return x * _RIDGE[0] + y * _RIDGE[1]


def _across(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return x * _DOWN[0] + y * _DOWN[1]


LANDSCAPES: Mapping[str, Landscape] = {
    "ravine": Landscape(
        lambda x, y: 0.05 * x**2 + 2 * y**2,
        lambda p: p * np.array([0.1, 4.0]),
        (0.0, 0.0),
    ),
    "saddle": Landscape(
        lambda x, y: _along(x, y) ** 2 / 2 + (_across(x, y) ** 2 - 1) ** 2 / 4,
        lambda p: (
            _along(p[:, :1], p[:, 1:]) * _RIDGE
            + (_across(p[:, :1], p[:, 1:]) ** 3 - _across(p[:, :1], p[:, 1:])) * _DOWN
        ),
        (float(_DOWN[0]), float(_DOWN[1])),
    ),
    "double well": Landscape(
        lambda x, y: (x**2 - 1) ** 2 / 4 - _UNEVEN * x + y**2 / 2 - _FLOOR,
        lambda p: np.stack([p[:, 0] ** 3 - p[:, 0] - _UNEVEN, p[:, 1]], axis=1),
        (_WELL, 0.0),
    ),
}

RUNNERS: Mapping[str, tuple[str, str, str]] = {
    "gd": ("GD", "path", "circle"),
    "momentum": ("momentum", "class1", "down"),
    "adagrad": ("AdaGrad", "data", "square"),
    "rmsprop": ("RMSprop", "train", "diamond"),
    "adam": ("Adam", "validation", "star"),
}
"""Name, colour and mark of each optimiser."""

Step = Callable[..., tuple[np.ndarray, Any]]


@dataclass(frozen=True)
class State:
    """The values of OptimiserRace's controls: x and y are the start, turn in degrees."""

    learning_rate: float = 0.05
    momentum: float = 0.9
    memory: float = 0.99
    landscape: str = "ravine"
    x: float = START[0]
    y: float = START[1]
    turn: float = 0.0


class OptimiserRace(Explorable):
    """Gradient descent, momentum, AdaGrad, RMSprop and Adam from one start.

    Parameters
    ----------
    momentum, adagrad, rmsprop, adam
        Your own step functions, as unit 03 defines them, in place of the course's once they are
        written.
    **state
        Initial values of the controls.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "optimiser_race"
    title = "Optimiser race: five ways downhill from one start"
    about = (
        "Gradient descent (GD) and four others start from the triangle (drag it) with the same "
        "learning rate. On the "
        "right the height of each above the deepest point. β is the memory of momentum and of "
        "Adam's mean, β₂ that of the squares in RMSprop and Adam. The cross shows the axes along "
        "which AdaGrad, RMSprop and Adam take the gradient apart: turn it, and only theirs change."
    )
    state_class = State
    timeline = Timeline("step", STEPS, seconds=6.0)
    readout = (
        "step {now}: GD {gd_height}, momentum {momentum_height}, "
        "AdaGrad {adagrad_height}, RMSprop {rmsprop_height}, Adam {adam_height}"
    )
    presets: Mapping[str, Mapping[str, Any]] = {
        name: {"landscape": name, "x": START[0], "y": START[1], "learning_rate": 0.05, "turn": 0.0}
        for name in LANDSCAPES
    }

    def __init__(
        self,
        *,
        momentum: Step | float | None = None,
        adagrad: Step | None = None,
        rmsprop: Step | None = None,
        adam: Step | None = None,
        **state: Any,
    ) -> None:
        if momentum is not None and not callable(momentum):
            state["momentum"], momentum = momentum, None
        given = {"momentum": momentum, "adagrad": adagrad, "rmsprop": rmsprop, "adam": adam}
        written = {name: written_or_none(step) for name, step in given.items()}
        self.own = {name: step for name, (step, _) in written.items() if step is not None}
        self.note = "".join(note for _, note in written.values())
        self.fields = {name: _field(landscape) for name, landscape in LANDSCAPES.items()}
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders for α, β, β₂, start and axes, and the choice of the landscape."""
        return (
            Slider(key="learning_rate", name="learning rate", symbol="α", low=0.001, high=1.0,
                   steps=61, log=True, carried=5),
            Slider(key="momentum", name="momentum", symbol="β", high=0.99, steps=34, carried=2),
            Slider(key="memory", name="memory", symbol="β₂", choices=(0.5, 0.8, 0.9, 0.95, 0.98,
                   0.99, 0.995, 0.999), carried=1),
            Choice(key="landscape", name="landscape", options=tuple(LANDSCAPES)),
            Slider(key="x", name="start", symbol="x", low=_X[0], high=_X[1], steps=21, carried=1),
            Slider(key="y", name="start", symbol="y", low=_Y[0], high=_Y[1], steps=21, carried=1),
            Slider(key="turn", name="turn of the axes", unit="°", high=90.0, steps=19, carried=3),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the landscape with the paths, and the heights over the steps."""
        paths = [
            Path(f"{key}_x", f"{key}_y", colour, label, shape=shape, ghost=False)
            for key, (label, colour, shape) in RUNNERS.items()
        ]
        heights = [
            Path("steps", f"{key}_height", colour, shape=shape)
            for key, (_, colour, shape) in RUNNERS.items()
        ]
        return (
            Panel(
                "The landscape, dark is low",
                Axis("x", *_X),
                Axis("y", *_Y),
                [
                    Field("field", low=0.0, high=1.0, bands=16),
                    Curve("axes_x", "axes_y", "ghost"),
                    *paths,
                    Marker("deepest", "cross"),
                    Marker("start", "triangle", colour="path", sets=("x", "y")),
                ],
                ground=("field",),
            ),
            Panel(
                "Height above the deepest point, the same colours",
                Axis("step", 0, STEPS * 1.02),
                Axis("height", _MIN_HEIGHT, _MAX_HEIGHT, log=True),
                heights,
                ground=("field",),
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return five paths and their heights."""
        landscape, axes = LANDSCAPES[state.landscape], _turned_axes(state.turn)
        start = np.array([state.x, state.y]) @ axes

        def gradient(points: np.ndarray) -> np.ndarray:
            return landscape.gradient(points @ axes.T) @ axes

        paths = _race(state, start, gradient)
        error = ""
        for key, step in self.own.items():
            index = list(RUNNERS).index(key)
            try:
                paths[:, index] = _run_student(key, step, state, start, gradient)
            except StudentMistakeError as wrong:
                paths[1:, index] = np.nan
                error = str(wrong)
        paths = paths @ axes.T
        heights = np.clip(landscape.height(paths[..., 0], paths[..., 1]), _MIN_HEIGHT, None)
        arrays = {
            "field": self.fields[state.landscape],
            "deepest": np.array(landscape.deepest),
            "start": np.array([state.x, state.y]),
            **_drawn_axes(axes),
            "steps": np.arange(STEPS + 1, dtype=np.float32),
        }
        for index, key in enumerate(RUNNERS):
            arrays[f"{key}_x"] = paths[:, index, 0]
            arrays[f"{key}_y"] = paths[:, index, 1]
            arrays[f"{key}_height"] = heights[:, index]
        if error:
            return Frame(arrays, error)
        opening = f"{self.note}All five start at the triangle. Press play."
        return Frame(arrays, self.note + _summary(heights, paths, state), opening=opening)


def _turned_axes(degrees: float) -> np.ndarray:
    """Return the turned axes as the columns of a matrix (2, 2)."""
    angle = np.deg2rad(degrees)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _drawn_axes(axes: np.ndarray) -> dict[str, np.ndarray]:
    """Return a cross through the origin along both axes; a gap parts its two lines."""
    ends = np.array([-3.0, 3.0, np.nan])[:, None] * axes.T[:, None]
    x, y = ends.reshape(-1, 2).T
    return {"axes_x": x, "axes_y": y}


def _field(landscape: Landscape) -> np.ndarray:
    """Return the square root of the height over the window, which shows floor and walls."""
    x, y = np.meshgrid(np.linspace(*_X, _GRID), np.linspace(*_Y, _GRID))
    root = np.sqrt(np.maximum(landscape.height(x, y), 0))
    field = (root / root.max()).astype(np.float32)
    field.flags.writeable = False
    return field


def _race(state: State, start: Point, gradient: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Return the paths (STEPS + 1, 5, 2) of all five optimisers, in the parameters' own axes."""
    alpha, beta, beta2 = state.learning_rate, state.momentum, state.memory
    paths = np.full((STEPS + 1, len(RUNNERS), 2), np.nan)
    here = np.tile(start, (len(RUNNERS), 1))
    velocity, total, squares, mean, second = (np.zeros(2) for _ in range(5))
    paths[0] = here
    with np.errstate(all="ignore"):
        for t in range(1, STEPS + 1):
            g = gradient(here)
            velocity = beta * velocity + g[1]
            total = total + g[2] ** 2
            squares = beta2 * squares + (1 - beta2) * g[3] ** 2
            mean = beta * mean + (1 - beta) * g[4]
            second = beta2 * second + (1 - beta2) * g[4] ** 2
            corrected = np.sqrt(second / (1 - beta2**t)) + EPSILON
            here = here - alpha * np.array(
                [
                    g[0],
                    velocity,
                    g[2] / np.sqrt(total + EPSILON),
                    g[3] / np.sqrt(squares + EPSILON),
                    mean / (1 - beta**t) / corrected,
                ]
            )
            here[~(np.abs(here) < _FAR).all(axis=1)] = np.nan  # left the picture
            paths[t] = here
    return paths


def _run_student(
    key: str,
    step: Step,
    state: State,
    start: Point,
    gradient: Callable[[np.ndarray], np.ndarray],
) -> np.ndarray:
    """Return the path (STEPS + 1, 2) of a student's step function, in the parameters' own axes.

    Raises
    ------
    StudentMistakeError
        If it fails or returns something of another shape.
    """
    settings: dict[str, float] = {
        "momentum": {"beta": state.momentum},
        "adagrad": {},
        "rmsprop": {"beta": state.memory},
        "adam": {"beta1": state.momentum, "beta2": state.memory},
    }[key]
    memory: Any = (np.zeros(2), np.zeros(2), 0) if key == "adam" else np.zeros(2)
    path = np.full((STEPS + 1, 2), np.nan)
    path[0] = theta = start.copy()
    name = getattr(step, "__name__", f"{key} step")
    for t in range(1, STEPS + 1):
        slope = gradient(theta[None])[0]
        try:
            theta, memory = step(theta, slope, memory, state.learning_rate, **settings)
            theta = np.asarray(theta, dtype=float)
        except Exception as wrong:
            raise failed(name, wrong) from wrong
        if theta.shape != (2,):
            raise StudentMistakeError(f"Your {name} returns shape {theta.shape}; expected (2,).")
        if not (np.abs(theta) < _FAR).all():
            break
        path[t] = theta
    return path


def _summary(heights: np.ndarray, paths: np.ndarray, state: State) -> str:
    """Describe which optimisers have arrived, are on the way or have left."""
    arrived: list[tuple[int, str]] = []
    lost: list[str] = []
    away: list[str] = []
    for index, (label, _, _) in enumerate(RUNNERS.values()):
        column = heights[:, index]
        if not np.isfinite(paths[-1, index]).all():
            lost.append(label)
        elif column[-1] < _ARRIVED:
            late = np.flatnonzero(column >= _ARRIVED)
            arrived.append((int(late[-1]) + 1 if late.size else 0, label))
        else:
            away.append(label)
    parts = []
    if arrived:
        order = ", ".join(f"{label} (step {step})" for step, label in sorted(arrived))
        parts.append(f"At the bottom to stay: {order}.")
    else:
        parts.append(f"After {STEPS} steps nobody rests at the bottom.")
    if away:
        where = (
            "In the wrong well, or on the way" if state.landscape == "double well" else "Not yet"
        )
        parts.append(f"{where}: {', '.join(away)}.")
    if lost:
        parts.append(f"Left the picture: {', '.join(lost)}.")
    return " ".join(parts)
