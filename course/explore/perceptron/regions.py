"""The explorable Regions: a small network learns to divide the plane.

Every position of a slider is a run of its own, trained and recorded in advance. The run at the
sliders' position has many snapshots, its neighbours few, for previews.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from course.data.gates import PLANE_DATASETS
from course.explore.base.controls import Choice, Control, Slider, Timeline
from course.explore.base.drawn import PointList, read_points
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Mesh, Panel, Path, Points, Region, Rule
from course.explore.base.student import written_or_none
from course.explore.base.sums import Arithmetic, Pick, number
from course.explore.perceptron.forward_pass import work_out_units
from course.explore.perceptron.trained_network import (
    EDGE,
    LEAST_POINTS,
    Layers,
    Recording,
    Trainer,
    dataset_points,
)

EPOCHS = 500
OWN_EPOCHS = 200  # with a student's own function, which may be slow
FINE, OWN_FINE, COARSE = 151, 41, 7  # snapshots of a run; FINE is 37 per second
_LEAST_LOSS = 1e-7
"""Below it single precision tells no loss from none, which a log axis could not show."""
CLASSES = ("class 0", "class 1")
ACTIVATIONS = ("tanh", "relu", "sigmoid", "softplus", "linear")


@dataclass(frozen=True)
class State:
    """The values of Regions's sliders."""

    dataset: str = "XOR"
    depth: int = 1
    width: int = 4
    learning_rate: float = 0.1
    activation: str = "tanh"
    seed: int = 0
    points: str = ""


class Regions(Explorable):
    """Decision regions of a network of depth 0 to 4, its loss, and its last hidden layer.

    Parameters
    ----------
    forward
        Your own ``mlp_forward(X, weights, activations) -> list of layer values``, used for every
        output once it is written.
    backward
        Your own ``mlp_backward(X, Y, weights, activations) -> list of (dW, db)``, used for every
        step once it is written.
    **state
        Initial values of the sliders.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "regions"
    title = "Regions: what depth does to the plane"
    about = (
        "A network learns to tell two classes of points apart. Left: its answer everywhere in the "
        "plane. Right: the same points as its last hidden layer sees them, with the grid of the "
        "plane carried along. The last unit cuts that picture with one straight line."
    )
    about_live = (
        "At the end of the run, play trains on. A press on the plane opens the network's sums "
        "there; with “points” you paint points of your own."
    )
    state_class = State
    streams = True
    readout = "after epoch {epochs}: loss = {losses}, {right} % of the points on the right side"
    presets: Mapping[str, Mapping[str, Any]] = {
        "one neuron": {"depth": 0, "activation": "tanh"},
        "one layer": {"depth": 1, "width": 4, "activation": "tanh"},
        "three layers": {"depth": 3, "width": 8, "activation": "tanh"},
        "linear": {"depth": 4, "width": 8, "activation": "linear"},
    }

    def __init__(
        self,
        *,
        forward: Callable[..., Any] | None = None,
        backward: Callable[..., Any] | None = None,
        **state: Any,
    ) -> None:
        own_forward, note = written_or_none(forward)
        own_backward, self.note = written_or_none(backward)
        self.note = note + self.note
        self.trainer = Trainer(own_forward, own_backward)
        self.own = own_forward is not None or own_backward is not None
        self.epochs = OWN_EPOCHS if self.own else EPOCHS
        self.snapshots = OWN_FINE if self.own else FINE
        self.timeline = Timeline("epoch", self.epochs)
        self._recorded = lru_cache(maxsize=256)(self._record)
        self._weights = lru_cache(maxsize=32)(self._weights_at)
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the choices of data and activation, the sliders for depth, width, α and seed."""
        swept = not self.own
        return (
            Choice(key="dataset", name="data", options=tuple(PLANE_DATASETS), swept=swept),
            Slider(
                key="depth", name="depth", low=0, high=4, steps=5, whole=True, swept=swept
            ),
            Slider(
                key="width", name="width", low=1, high=16, steps=16, whole=True,
                carried=0, swept=swept,
            ),
            Slider(
                key="learning_rate", name="learning rate", symbol="α", log=True,
                low=0.003, high=3.0, steps=13, carried=0, swept=swept,
            ),
            Choice(
                key="activation", name="activation", options=ACTIVATIONS, carried=2, swept=swept
            ),
            Slider(
                key="seed", name="seed", low=0, high=5, steps=6, whole=True, carried=0, swept=swept
            ),
            PointList(
                key="points", name="points", x=(-EDGE, EDGE), y=(-EDGE, EDGE), classes=CLASSES,
                replaces=("dataset",),
            ),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the plane with its regions, the loss, and the last hidden layer."""
        points: dict[str, Any] = {"classes": "classes", "class_labels": CLASSES}
        return (
            Panel(
                "The plane and the answer",
                Axis("x₁", -EDGE, EDGE),
                Axis("x₂", -EDGE, EDGE),
                [Region("region", label="½"), Points("x1", "x2", sets=("points",), **points)],
                explained="point",
                ground=("x1", "classes"),
            ),
            Panel(
                "Loss over the epochs",
                Axis("epoch", "start", "end"),
                Axis("cross-entropy", 1e-5, 20, log=True),
                [Path("epochs", "losses", label="loss"), Rule("coin", label="a coin's")],
                ground=("x1", "classes"),
            ),
            Panel(
                "As the last hidden layer sees it",
                Axis("across the last unit's threshold", -1.15, 1.15),
                Axis("along it", -1.15, 1.15),
                [
                    Mesh("mesh_x", "mesh_y", label="grid of the plane"),
                    Rule("threshold", cuts="x", label="threshold"),
                    Points("seen_x", "seen_y", classes="classes", size=4),
                ],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the run at `state` with many snapshots."""
        return self._frame(state, self.snapshots)

    def preview(self, state: State) -> Frame:
        """Return the run at `state` with few snapshots."""
        return self._frame(state, COARSE)

    def next_frame(self, state: State, frame: Frame) -> Frame:
        """Return the following epochs: training continues while it is played."""
        return self._frame(state, self.snapshots, round(frame.scalars["end"]))

    def arithmetic(self, state: State, frame: Frame, pick: Pick) -> Arithmetic:
        """Return the sums of all units for a place of the plane, with the weights of the moment."""
        snapshots = len(frame.arrays["region"])
        epochs = np.linspace(0, self.epochs, snapshots).round().astype(int)
        epoch, start = int(epochs[pick.row(snapshots)]), round(pick.start)
        X, y = _points(state)
        if len(X) < LEAST_POINTS:
            raise ValueError("There is no network yet: put down at least two points.")
        layers = self._weights(_with_points_alone(state), epoch, start)
        x = np.array([pick.x, pick.y])
        near = np.flatnonzero(np.abs(X - x).max(axis=1) < 1e-3)
        label = int(y[near[0]]) if len(near) else None
        sums = work_out_units(x, layers, state.activation, label)
        if self.trainer.forward is not None:
            names = [state.activation] * state.depth + ["sigmoid"]
            own = float(self.trainer.values(x[None].astype(np.float32), layers, names)[-1][0, 0])
            own_line = f"your mlp_forward gives {number(own)} here"
            sums[-1] = replace(sums[-1], then=[*sums[-1].then, own_line])
        place = f"({number(pick.x, 3)}, {number(pick.y, 3)})"
        return Arithmetic(f"The network at {place}, after epoch {start + epoch}", sums)

    def _weights_at(self, state: State, epoch: int, start: int) -> Layers:
        """Return the weights at an epoch: the run is trained once more, up to there."""
        before = self._recorded(state, self.snapshots, start - self.epochs) if start else None
        return self._train(state, epoch, 1, before).layers

    def _record(self, state: State, snapshots: int, start: int) -> Recording:
        before = self._recorded(state, self.snapshots, start - self.epochs) if start else None
        return self._train(state, self.epochs, snapshots, before)

    def _train(
        self, state: State, epochs: int, snapshots: int, before: Recording | None
    ) -> Recording:
        return self.trainer.record(
            *_points(state),
            [2, *([state.width] * state.depth), 1],
            state.activation,
            state.learning_rate,
            state.seed,
            epochs,
            snapshots,
            before,
        )

    def _frame(self, state: State, snapshots: int, start: int = 0) -> Frame:
        recording = self._recorded(_with_points_alone(state), snapshots, start)
        end = start + self.epochs
        arrays = {
            "region": recording.region,
            "epochs": _epoch_numbers(start, end),
            "losses": np.maximum(recording.losses, _LEAST_LOSS),
            "right": recording.right,
            "seen_x": recording.seen[..., 0],
            "seen_y": recording.seen[..., 1],
            "mesh_x": recording.mesh[..., 0],
            "mesh_y": recording.mesh[..., 1],
            **_background(state.dataset, state.points),
        }
        scalars = {"threshold": 0.0, "coin": float(np.log(2)), "start": start, "end": end}
        if recording.mistake:
            return Frame(arrays, recording.mistake, scalars)
        opening = f"{self.note}The weights are drawn by chance; nothing is learnt yet. Press play."
        summary = self.note + self._summary(state, recording, end)
        return Frame(arrays, summary, scalars, opening)

    def _summary(self, state: State, recording: Recording, end: int) -> str:
        """Describe what is seen at the end of the run."""
        right, losses = float(recording.right[-1]), recording.losses
        score = f"{right:.0f} % of the points end on the right side"
        if not np.isfinite(losses[-1]) or losses[-1] > 1.2 * losses[0]:
            return f"α = {state.learning_rate:.3g} is too large: the loss ends above its start."
        if state.depth == 0:
            return f"No hidden layer: the answer turns along one straight line. {score}."
        layers = f"{state.depth} hidden layer{'s' if state.depth > 1 else ''}"
        units = f"{state.width} {state.activation} unit{'s' if state.width > 1 else ''}"
        if state.activation == "linear":
            return f"{layers}, but without a bend they are one: the line stays straight. {score}."
        text = f"{layers} of {units}: {score} after {end} epochs."
        if np.abs(np.diff(losses[-60:])).max() > 0.2:
            return f"{text} The loss still leaps: α = {state.learning_rate:.3g} is large."
        if right < 100 and losses[-1] < 0.97 * losses[-60]:
            return f"{text} The loss still falls."
        if right < 100:
            return f"{text} It is stuck: another seed, more units or another layer may free it."
        return f"{text} One straight line is enough for what its last layer sees."


@lru_cache(maxsize=8)
def _epoch_numbers(start: int, end: int) -> np.ndarray:
    """Return the numbers of the epochs, read-only, so a page gets them once."""
    numbers = np.arange(start, end + 1, dtype=np.float32)
    numbers.flags.writeable = False
    return numbers


def _points(state: State) -> tuple[np.ndarray, np.ndarray]:
    """Return the points (m, 2) and their classes (m,): the reader's own, or the data set's."""
    if not state.points:
        return dataset_points(state.dataset)
    X, y = read_points(state.points)
    return X.astype(np.float32), y


def _with_points_alone(state: State) -> State:
    """Return the state with the choice of data left out where the reader's own points stand."""
    return replace(state, dataset=next(iter(PLANE_DATASETS))) if state.points else state


@lru_cache(maxsize=8)
def _background(dataset: str, points: str) -> Mapping[str, np.ndarray]:
    """Return the points and their classes, read-only, so a page gets them once."""
    X, y = _points(State(dataset=dataset, points=points))
    arrays = {"x1": X[:, 0].copy(), "x2": X[:, 1].copy(), "classes": y.astype(np.uint8)}
    for array in arrays.values():
        array.flags.writeable = False
    return arrays
