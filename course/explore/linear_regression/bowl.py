"""The explorable Bowl: the cost of a straight line as a surface, with Descent's path on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Marker, Panel, Path, Rule, Surface
from course.explore.linear_regression.descent import STEPS, Descent, State
from course.explore.linear_regression.problem import FEATURES

GRID = 41  # heights along each side of the floor


class Bowl(Descent):
    """J(θ₀, θ₁) as a height over the plane of the parameters, cut off at a rim.

    Parameters, state and errors are those of `Descent`.
    """

    name = "bowl"
    title = "Bowl: the cost as a height"
    about = (
        "The height over each pair (θ₀, θ₁) is the cost J of that line; the rim is cut off at one "
        "height all round. Gradient descent walks from the triangle, and the line joins its steps "
        "along the surface. Turn the bowl by hand: from above it is the map that Descent draws."
    )

    def make_panels(self) -> Sequence[Panel]:
        """Return the bowl with the path, and the cost over steps."""
        low, high = self.problem.cost_range
        theta0, theta1 = self.problem.window
        return (
            Panel(
                "Cost J over the parameters",
                Axis("θ₀", *theta0),
                Axis("θ₁", *theta1),
                [
                    Surface("heights"),
                    Path("path0", "path1", label="path", dots=True),
                    Marker("minimum", "cross", label="minimum"),
                    Marker("start", "triangle", colour="path"),
                ],
                ground=("heights",),
                z=Axis("J", 0.0, self.rim),
                seen_from=(25.0, 40.0),
            ),
            Panel(
                "Cost J over the steps",
                Axis("step", 0, STEPS + 1.5),
                Axis("J", low, high, log=True),
                [Path("steps", "costs", label="J"), Rule("least_cost", label="least squares")],
            ),
        )

    @cached_property
    def rim(self) -> float:
        """The largest height drawn: somewhat above the start, with raw features or without."""
        start = np.array(self.problem.start)
        return float(f"{1.3 * max(s.costs(start) for s in self.problem.surfaces.values()):.1g}")

    @cached_property
    def heights(self) -> Mapping[str, np.ndarray]:
        """J over the window for each kind of feature, ``(GRID, GRID)``, θ₁ along axis 0."""
        axes = (np.linspace(*ends, GRID) for ends in self.problem.window)
        theta = np.stack(np.meshgrid(*axes), axis=-1)
        heights = {}
        for kind in FEATURES:
            heights[kind] = self.problem.surfaces[kind].costs(theta).astype(np.float32)
            heights[kind].flags.writeable = False  # a page gets each once
        return heights

    def compute(self, state: State) -> Frame:
        """Return Descent's path with its cost, and the heights of the bowl."""
        frame = super().compute(state)
        drawn = ("minimum", "start", "path0", "path1", "steps", "costs")
        arrays = {name: frame.arrays[name] for name in drawn}
        arrays["heights"] = self.heights[state.features]
        return Frame(arrays, frame.summary, frame.scalars, frame.opening)
