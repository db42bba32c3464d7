"""The explorable LossLandscape: a real network's loss over two directions of its weights.

Source: H. Li, Z. Xu, G. Taylor, C. Studer, T. Goldstein, "Visualizing the loss landscape of neural
nets", NeurIPS 2018, arXiv:1712.09913.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from course.explore.backpropagation.weight_plane import (
    EPOCHS,
    SNAPSHOTS,
    TrainedRun,
    losses_on_plane,
    neuron_directions,
    path_directions,
    place_on_plane,
    plain_directions,
    stretch,
    train_run,
)
from course.explore.base.controls import Choice, Control, Slider, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Curve, Marker, Panel, Path, Rule, Surface

GRID = 43  # heights along each side of the plane
TOP = 1.5
COIN = float(np.log(2))
PLANES = ("random, by neuron", "random, plain", "along the path")


@dataclass(frozen=True)
class State:
    """The values of LossLandscape's controls."""

    plane: str = PLANES[0]
    depth: int = 2
    width: int = 16
    stretch: float = 1.0
    seed: int = 0


class LossLandscape(Explorable):
    """The loss of the trigger's network over a plane through its trained weights.

    Parameters
    ----------
    **state
        Initial values of the controls.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "loss_landscape"
    title = "Loss landscape: two directions out of hundreds"
    about = (
        "The height is a ReLU network's loss with all its weights moved along two directions; at "
        "the cross they are as trained. A random direction is as long as the weights, neuron by "
        "neuron or as a whole; those along the path hold most of it. Stretch multiplies the first "
        "layer and divides the second: no answer changes. (Li et al. 2018, arXiv:1712.09913.)"
    )
    state_class = State
    timeline = Timeline("epoch", EPOCHS)
    readout = "after epoch {epochs}: loss {losses}"
    presets: Mapping[str, Mapping[str, Any]] = {
        "random": {"plane": PLANES[0], "stretch": 1.0},
        "path": {"plane": PLANES[2], "stretch": 1.0},
        "stretched": {"plane": PLANES[1], "stretch": 4.0},
        "by neuron": {"plane": PLANES[0], "stretch": 4.0},
    }

    def __init__(self, **state: Any) -> None:
        self._plane = lru_cache(maxsize=64)(self._evaluate)
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the choice of the plane, and the sliders for depth, width, stretch and seed."""
        return (
            Choice(key="plane", name="directions", options=PLANES),
            Slider(key="depth", name="depth", choices=(1, 2, 3, 5), whole=True, carried=2),
            Slider(key="width", name="width", choices=(2, 4, 8, 16), whole=True, carried=2),
            Slider(key="stretch", name="stretch", choices=(1.0, 2.0, 4.0, 8.0), carried=0),
            Slider(key="seed", name="seed", high=5, steps=6, whole=True, carried=1),
        )

    def make_panels(self) -> Sequence[Panel]:
        """Return the surface with the path, and the loss over the epochs."""
        return (
            Panel(
                "Loss over two directions of the weights",
                Axis("direction 1", "low1", "high1"),
                Axis("direction 2", "low2", "high2"),
                [
                    Surface("heights"),
                    Path("path1", "path2", label="path", ghost=False),
                    Marker("minimum", "cross", label="as trained"),
                ],
                z=Axis("loss", 0.0, TOP),
                seen_from=(25.0, 38.0),
            ),
            Panel(
                "Loss over the epochs",
                Axis("epoch", 0, EPOCHS * 1.025),
                Axis("cross-entropy", 1e-3, 2.0, log=True),
                [
                    Path("epochs", "losses", label="the network's"),
                    Curve(
                        "epochs", "on_surface", "data", "on the surface", dash=True, outcome=True
                    ),
                    Rule("coin", label="a coin's"),
                ],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the heights over the plane, the path in it, and the losses on the way."""
        run = train_run(state.depth, state.width)
        plane = self._plane(state)
        arrays = {
            "heights": plane.heights,
            "path1": plane.places[:, 0],
            "path2": plane.places[:, 1],
            "minimum": np.zeros(2),
            "epochs": np.linspace(0, EPOCHS, SNAPSHOTS),
            "losses": run.losses,
            "on_surface": plane.on_surface,
        }
        ends = dict(zip(("low1", "high1", "low2", "high2"), plane.ends, strict=True))
        opening = "The surface surrounds the weights as trained, at the cross. Press play."
        return Frame(arrays, _summary(run, plane), ends | {"coin": COIN}, opening)

    def _evaluate(self, state: State) -> _Plane:
        run = train_run(state.depth, state.width)
        path = [stretch(layers, state.stretch) for layers in run.path]
        origin = path[-1]
        if state.plane == PLANES[2]:
            first, second = path_directions(path)
        else:
            rng = np.random.default_rng(state.seed)
            draw = neuron_directions if state.plane == PLANES[0] else plain_directions
            first, second = draw(origin, rng), draw(origin, rng)
        places, share = place_on_plane(path, first, second)
        ends = (-1.0, 1.0, -1.0, 1.0)
        if state.plane == PLANES[2]:
            low, high = places.min(axis=0), places.max(axis=0)
            margin = 0.35 * float(np.max(high - low)) + 1e-6  # a path that stands still has room
            ends = (low[0] - margin, high[0] + margin, low[1] - margin, high[1] + margin)
        left, right, near, far = map(float, ends)
        a, b = np.meshgrid(np.linspace(left, right, GRID), np.linspace(near, far, GRID))
        at = (run, origin, first, second)
        heights = losses_on_plane(*at, a.ravel(), b.ravel()).reshape(GRID, GRID)
        on_surface = losses_on_plane(*at, places[:, 0], places[:, 1])
        return _Plane(heights, (left, right, near, far), places, on_surface, share)


@dataclass(frozen=True)
class _Plane:
    """The loss over a plane, and a path in it; see `place_on_plane`."""

    heights: np.ndarray
    ends: Sequence[float]
    places: np.ndarray
    on_surface: np.ndarray
    share: float


def _summary(run: TrainedRun, plane: _Plane) -> str:
    """Describe how wide the valley is, and how much of the path the plane holds."""
    count = sum(part.size for pair in run.weights for part in pair)
    better = 100 * float((plane.heights < COIN).mean())
    return (
        f"{count} weights, trained to a loss of {run.losses[-1]:.2g}. They beat a coin on "
        f"{better:.0f} % of this square, which holds {100 * plane.share:.3g} % of the way."
    )
