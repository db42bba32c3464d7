"""The explorable Descent: gradient descent on the cost of a straight line.

Heavy-ball momentum: θ_{t+1} = θ_t − α ∂J(θ_t) + β (θ_t − θ_{t−1}). Along an eigenvector of the
curvature with eigenvalue λ the error obeys z² − (1 + β − αλ) z + β = 0, whose roots both lie
inside the unit circle exactly if 0 < α < 2(1 + β)/λ (and 0 ≤ β < 1). At β = 0 this is 2/λ.
Below it J never rises without momentum; with momentum it may rise on the way.

Source: B. Polyak, "Some methods of speeding up the convergence of iteration methods",
USSR Comput. Math. Math. Phys. 4 (1964) 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from course.explore.base.controls import Choice, Control, Slider, Timeline
from course.explore.base.drawn import PointList, read_points
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Curve, Field, Marker, Panel, Path, Points, Rule
from course.explore.base.student import StudentMistakeError, call_student, written_or_none
from course.explore.linear_regression.problem import FEATURES, CostSurface, LineProblem

Gradient = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
STEPS = 60


@dataclass(frozen=True)
class State:
    """The values of Descent's sliders; θ₀ and θ₁ are where the path starts."""

    learning_rate: float = 0.9
    theta0: float = 0.0
    theta1: float = 0.0
    momentum: float = 0.0
    features: str = "raw"
    points: str = ""


class Descent(Explorable):
    """Gradient descent on J(θ₀, θ₁) = 1/(2m) Σ (h − y)²: its path, its line, its cost.

    Parameters
    ----------
    X
        ``(m,)`` one feature, or ``(m, 2)`` with a column of ones before it; by default Hubble's
        distances of 1929.
    y
        ``(m,)`` targets.
    gradient
        Your own ``gradient(X, y, theta) -> (2,)`` with ``X (m, 2)``, used for every step once it is
        written.
    **state
        Initial values of the sliders.

    Raises
    ------
    ValueError
        If X and y determine no line, or an entry of the state is unknown or out of range.
    """

    name = "descent"
    title = "Descent: a straight line downhill"
    about = (
        "Each point of the left picture is a line, and its height J says how badly it fits. "
        "Gradient descent walks downhill from the start (the triangle: drag it). "
        "Watch the path, the line it stands for, and its cost."
    )
    about_live = "With “points” you drag the data, add to them, or paste a table of your own."
    state_class = State
    timeline = Timeline("step", STEPS)
    readout = "after step {now}: J = {costs}, θ₀ = {path0}, θ₁ = {path1}"

    def __init__(
        self, X: object = None, y: object = None, *, gradient: Gradient | None = None, **state: Any
    ) -> None:
        self.problem = LineProblem(X, y)
        self.gradient, self.note = written_or_none(gradient)
        self.presets = self._four_behaviours()
        self._problem_of = lru_cache(maxsize=64)(self._problem_with)
        theta0, theta1 = self.problem.start
        here = {"learning_rate": self._rate(0.915), "theta0": theta0, "theta1": theta1}
        super().__init__(**(here | state))

    def _rate(self, part: float) -> float:
        """Return the fraction `part` of 2/λ_max of the raw features, to three digits."""
        return float(f"{part * 2 / self.problem.surfaces['raw'].lambda_max:.3g}")

    def _four_behaviours(self) -> Mapping[str, Mapping[str, Any]]:
        plain = {"momentum": 0.0, "features": "raw"}
        parts = {"too small": 0.015, "good": 0.49, "oscillates": 0.965, "diverges": 1.037}
        return {name: {"learning_rate": self._rate(part), **plain} for name, part in parts.items()}

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders for α, start and β, the choice of features, the reader's points."""
        limits = [2 / self.problem.surfaces[kind].lambda_max for kind in FEATURES]
        (a0, b0), (a1, b1) = self.problem.window
        return (
            Slider(
                key="learning_rate", name="learning rate", symbol="α", log=True, steps=97,
                carried=9, low=float(f"{min(limits) / 100:.1g}"),
                high=float(f"{2.5 * max(limits):.1g}"),
                mark="limit", mark_label="2(1+β)/λₘₐₓ",
            ),
            Slider(key="theta0", name="start", symbol="θ₀", low=a0, high=b0, carried=5),
            Slider(key="theta1", name="start", symbol="θ₁", low=a1, high=b1, carried=5),
            Slider(key="momentum", name="momentum", symbol="β", high=0.95, steps=20, carried=4),
            Choice(key="features", name="features", options=FEATURES),
            PointList(
                key="points", name="points", x=self.problem.x_range, y=self.problem.y_range,
            ),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the landscape with the path, the data with the line, the cost over steps."""
        problem = self.problem
        (a0, b0), (a1, b1) = problem.window
        low, high = problem.cost_range
        return (
            Panel(
                "Cost J over the parameters",
                Axis("θ₀", a0, b0),
                Axis("θ₁", a1, b1),
                [
                    Field(
                        "field", low="least_cost", high="highest", bands=14, root=True, reads="J"
                    ),
                    Path("path0", "path1", label="path", dots=True),
                    Marker("minimum", "cross", label="minimum"),
                    Marker("start", "triangle", colour="path", sets=("theta0", "theta1")),
                ],
                ground=("field",),
            ),
            Panel(
                "The line on the data",
                Axis(problem.x_label, *problem.x_range),
                Axis(problem.y_label, *problem.y_range),
                [
                    Points("x", "y", sets=("points",), label=problem.data_label),
                    Curve("line_x", "line_y", label="θ₀ + θ₁ x", ghost=True),
                ],
            ),
            Panel(
                "Cost J over the steps",
                Axis("step", 0, STEPS + 1.5),
                Axis("J", low, high, log=True),
                [Path("steps", "costs", label="J"), Rule("least_cost", label="least squares")],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the path from the start, the line and the cost at every step.

        The path ends early, with a gap after it, if it is far outside the window or a student's
        gradient fails; the summary says so, and the line stays where it was last.
        """
        try:
            problem = self._problem_of(state.points)
        except ValueError as undetermined:
            return self._without_line(state, str(undetermined))
        surface = problem.surfaces[state.features]
        path = np.full((STEPS + 1, 2), np.nan)
        mistake = ""
        try:
            self._walk(state, surface, path)
        except StudentMistakeError as wrong:
            mistake = str(wrong)
        costs = surface.costs(path)
        reached = int(np.isfinite(costs).sum()) - 1
        held = path[np.minimum(np.arange(STEPS + 1), reached)]
        limit = 2 * (1 + state.momentum) / surface.lambda_max
        arrays = {
            "field": problem.fields[state.features],
            "minimum": surface.minimum,
            "start": path[0],
            "path0": path[:, 0],
            "path1": path[:, 1],
            "steps": _STEP_NUMBERS,
            "costs": costs,
            "line_y": problem.line(held, state.features),
            **problem.background,
        }
        highest = float(arrays["field"].max())
        scalars = {"limit": limit, "least_cost": surface.least_cost, "highest": highest}
        if mistake:
            return Frame(arrays, f"{mistake} The path stops after step {reached}.", scalars)
        opening = f"{self.note}The triangle is the start, and the line its line. Press play."
        summary = self.note + self._summary(state, surface, costs, limit)
        return Frame(arrays, summary, scalars, opening)

    def _problem_with(self, points: str) -> LineProblem:
        """Return the problem of the reader's points, or of the data."""
        if not points:
            return self.problem
        places, _ = read_points(points)
        return self.problem.with_points(*places.T)

    def _without_line(self, state: State, reason: str) -> Frame:
        """Return what is seen while the reader's points determine no line."""
        places, _ = read_points(state.points)
        nothing = np.full(STEPS + 1, np.nan)
        arrays = {
            "field": self.problem.fields[state.features],
            "minimum": np.full(2, np.nan),
            "start": np.array([state.theta0, state.theta1]),
            "path0": nothing,
            "path1": nothing,
            "steps": _STEP_NUMBERS,
            "costs": nothing,
            "line_y": np.full((STEPS + 1, 2), np.nan),
            **(self.problem.background | {"x": places[:, 0], "y": places[:, 1]}),
        }
        scalars = {"limit": np.nan, "least_cost": np.nan, "highest": np.nan}
        return Frame(arrays, f"No line yet: {reason}.", scalars)

    def _walk(self, state: State, surface: CostSurface, path: np.ndarray) -> None:
        """Fill ``path (STEPS + 1, 2)`` row by row; a failure keeps the rows before it."""
        theta = before = np.array([state.theta0, state.theta1])
        path[0] = theta
        for step in range(1, STEPS + 1):
            if self.gradient is None:
                slope = surface.gradient(surface.X, surface.y, theta)
            else:
                slope = call_student(self.gradient, surface.X, surface.y, theta.copy(), shape=(2,))
            move = -state.learning_rate * slope + state.momentum * (theta - before)
            before, theta = theta, theta + move
            if self.problem.is_far(theta):
                return
            path[step] = theta

    def _summary(self, state: State, surface: CostSurface, costs: np.ndarray, limit: float) -> str:
        """Describe what is seen."""
        reached = int(np.isfinite(costs).sum()) - 1
        name = "2(1+β)/λ_max" if state.momentum else "2/λ_max"
        alpha = f"α = {state.learning_rate:.3g}"
        rises = costs[reached] > costs[0]
        if self.gradient is not None and rises and state.learning_rate < limit:
            return (
                f"Your gradient makes J rise although {alpha} is below {name} = {limit:.3g}: "
                "the path climbs. Which way should a step go?"
            )
        left = self._share_left(surface, costs)
        if state.learning_rate > limit:
            what = "the swings grow" if state.momentum else "every step overshoots"
            seen = f"{alpha} is above {name} = {limit:.3g}: {what} and J grows."
            if reached < STEPS:
                seen += f" After step {reached} the path is far outside the picture."
        elif state.momentum:
            seen = f"{alpha} is below {name} = {limit:.3g}: the path may swing, but settles. {left}"
        elif state.learning_rate > limit / 2:
            seen = (
                f"{alpha} is below {name} = {limit:.3g} but above half of it: each step crosses "
                f"the valley and lands nearer. {left}"
            )
        else:
            seen = f"{alpha} is below half of {name} = {limit:.3g}: each step rolls down. {left}"
        return seen

    def _share_left(self, surface: CostSurface, costs: np.ndarray) -> str:
        least = surface.least_cost
        excess = costs[0] - least
        share = (costs[-1] - least) / excess if excess > 0 else 0.0
        if share < 0.0005:
            return f"After {STEPS} steps J has reached its minimum."
        return f"After {STEPS} steps {100 * share:.2g} % of the excess cost is left."


_STEP_NUMBERS = np.arange(STEPS + 1, dtype=np.float32)
_STEP_NUMBERS.flags.writeable = False
