"""The explorable AnswerSurface: a network's answer over the plane, before and after it has learnt.

A network with random weights is a random function of its inputs; training bends that function onto
the data. The rule to learn is the trigger's, 1 where x₁x₂ < 0 and 0 elsewhere.

Source: deck 000, the demo of a simple network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from course.data.gates import crossed
from course.explore.base.controls import Control, Slider, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Panel, Path, Points, Rule, Surface
from course.models import network

EPOCHS, BATCH, ALPHA = 80, 20, 0.3
SAMPLES, DRAWN = 200, 40
GRID = 31  # heights along each side of the plane
FINE, COARSE = 41, 9  # snapshots of a run
LOSS = "binary_crossentropy"


@dataclass(frozen=True)
class State:
    """The values of AnswerSurface's sliders."""

    seed: int = 0
    depth: int = 2
    width: int = 8
    gain: float = 1.0


@dataclass(frozen=True)
class _Run:
    """One training: answers (T + 1, GRID, GRID), losses and per cent right (T + 1,)."""

    answers: np.ndarray
    losses: np.ndarray
    right: np.ndarray


class AnswerSurface(Explorable):
    """A network's answer as a height over its two inputs: untrained, and while it learns.

    Parameters
    ----------
    **state
        Initial values of the sliders.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "answer_surface"
    title = "Answer surface: a random function learns a rule"
    about = (
        "The height is the answer of a tanh network at each pair (x₁, x₂): left with the weights "
        "that were drawn, right while it learns to say 1 where x₁x₂ < 0. Points stand at what they "
        "should get, on stalks from what they get. Turn one surface by hand, and both turn."
    )
    state_class = State
    timeline = Timeline("epoch", EPOCHS)
    readout = "after epoch {epochs}: loss {losses}, {right} % of the points on the right side"
    presets: Mapping[str, Mapping[str, Any]] = {
        "flat start": {"gain": 0.5},
        "wild start": {"gain": 4.0},
        "two units": {"depth": 1, "width": 2, "gain": 1.0},
    }

    def __init__(self, **state: Any) -> None:
        self._trained = lru_cache(maxsize=128)(_train)
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders for the seed, the depth, the width and the gain."""
        return (
            Slider(key="seed", name="seed", high=7, steps=8, whole=True, carried=3),
            Slider(key="depth", name="depth", low=1, high=3, steps=3, whole=True),
            Slider(key="width", name="width", choices=(2, 4, 8, 16), whole=True, carried=0),
            Slider(
                key="gain", name="gain", symbol="g", choices=(0.5, 1.0, 2.0, 4.0), carried=0
            ),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return both surfaces and the loss over the epochs."""
        floor = Axis("x₁", -1, 1), Axis("x₂", -1, 1)
        points = Points("x1", "x2", z="fires", classes="fires", size=3.2, class_labels=("0", "1"))
        return (
            Panel(
                "Untrained",
                *floor,
                [Surface("untrained"), points],
                z=Axis("answer", 0, 1),
                seen_from=(25.0, 32.0),
            ),
            Panel(
                "While it learns",
                *floor,
                [Surface("answers"), points],
                z=Axis("answer", 0, 1),
                seen_from=(25.0, 32.0),
            ),
            Panel(
                "Loss over the epochs",
                Axis("epoch", 0, 1.025 * EPOCHS),
                Axis("cross-entropy", 1e-3, 3, log=True),
                [Path("epochs", "losses", label="loss"), Rule("coin", label="a coin's")],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the run at `state` with many snapshots."""
        return self._frame(state, FINE)

    def preview(self, state: State) -> Frame:
        """Return the run at `state` with few snapshots."""
        return self._frame(state, COARSE)

    def _frame(self, state: State, snapshots: int) -> Frame:
        run = self._trained(state)
        kept = np.linspace(0, FINE - 1, snapshots).round().astype(int)
        X, fires = rule_data()
        arrays = {
            "untrained": run.answers[0],
            "answers": run.answers[kept],
            "losses": run.losses[kept],
            "right": run.right[kept],
            "epochs": np.linspace(0, EPOCHS, snapshots),
            "x1": X[:DRAWN, 0],
            "x2": X[:DRAWN, 1],
            "fires": fires[:DRAWN, 0].astype(np.uint8),
        }
        opening = "Left and middle show one network, its weights drawn by chance. Press play."
        return Frame(arrays, _summary(run), {"coin": float(np.log(2))}, opening)


@cache
def rule_data() -> tuple[np.ndarray, np.ndarray]:
    """Return points (SAMPLES, 2) of the square and their labels 0 or 1, (SAMPLES, 1)."""
    X, fires = crossed(SAMPLES, np.random.default_rng(3))
    return X.astype(np.float32), fires[:, None].astype(np.float32)


def grid_points() -> np.ndarray:
    """Return the points (GRID², 2) of the plane, row by row from small x₂."""
    side = np.linspace(-1, 1, GRID, dtype=np.float32)
    x1, x2 = np.meshgrid(side, side)
    return np.column_stack([x1.ravel(), x2.ravel()])


def _train(state: State) -> _Run:
    """Train the network of `state` on batches, and keep FINE snapshots of its answers."""
    X, Y = rule_data()
    names = ["tanh"] * state.depth + ["sigmoid"]
    rng = np.random.default_rng(state.seed)
    sizes = [2, *[state.width] * state.depth, 1]
    layers = network.initialise(sizes, rng, gain=state.gain)
    # Biases too: with none of them every random answer would be ½ in the middle.
    layers = [(W, rng.normal(0, 0.3 * state.gain, b.shape).astype(W.dtype)) for W, b in layers]
    answers, losses, right = [], [], []
    for snapshot in range(FINE):
        if snapshot:
            epochs = EPOCHS // (FINE - 1)
            layers, _ = network.train(X, Y, layers, names, ALPHA, epochs, LOSS, BATCH, rng)
        answers.append(network.forward(grid_points(), layers, names)[-1].reshape(GRID, GRID))
        given = network.forward(X, layers, names)[-1]
        losses.append(network.loss(LOSS, given, Y))
        right.append(100 * np.mean((given >= 0.5) == (Y == 1)))
    return _Run(np.stack(answers), np.array(losses), np.array(right))


def _summary(run: _Run) -> str:
    """Describe what the network said at first, and what it says at the end."""
    low, high = run.answers[0].min(), run.answers[0].max()
    return (
        f"Untrained, it says {low:.2f} to {high:.2f} and is right about {run.right[0]:.0f} % of "
        f"the points; after {EPOCHS} epochs about {run.right[-1]:.0f} %."
    )
