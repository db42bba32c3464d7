"""The explorable Batches: mini-batches make the path of gradient descent noisy.

Each update uses a batch of B rows, drawn without replacement until all m rows are used once: one
epoch. Near the minimum the batch's gradient is mostly noise, and the path fluctuates around it, the
more the larger α and the smaller B.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from course.explore.base.controls import Control, Slider, StateError, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Bars, Curve, Field, Marker, Panel, Path, Rule
from course.explore.base.student import StudentMistakeError, call_student, written_or_none
from course.explore.linear_regression.problem import LineProblem

EPOCHS = 30
OWN_EPOCHS = 12  # with a student's sgd, which starts again for every epoch shown
LAST_EPOCHS = 6
"""The distance from the minimum is measured over so many: where a path ends, not how it came."""
_KIND = "standardised"
_RING = np.linspace(0, 2 * np.pi, 49)


@dataclass(frozen=True)
class State:
    """The values of Batches's sliders."""

    learning_rate: float = 0.1
    batch_size: int = 1
    seed: int = 0


class Batches(Explorable):
    """Stochastic gradient descent on the cost of a line: learning rate × batch size.

    Parameters
    ----------
    X, y
        As for `Descent`; by default Hubble's galaxies. The feature is standardised.
    gradient
        Your own ``gradient(X, y, theta) -> (2,)``, called with the rows of each batch once it is
        written.
    sgd
        Your own ``sgd(X, y, alpha, batch_size, epochs, rng) -> (2,)``. Once it is written, the path
        shows its result after each epoch.
    **state
        Initial values of the sliders.

    Raises
    ------
    ValueError
        If X and y determine no line, both functions are given, or an entry of the state is unknown
        or out of range.
    """

    name = "batches"
    title = "Batches: how noisy is the way down?"
    about = (
        "Each update looks at one batch of the data only, so its slope is a guess. "
        "Watch how far the path wanders round the minimum, and how that changes with the "
        "learning rate and the batch size."
    )
    state_class = State
    readout = "after epoch {now}: J = {costs}, θ₀ = {path0}, θ₁ = {path1}"

    def __init__(
        self,
        X: object = None,
        y: object = None,
        *,
        gradient: Callable[..., Any] | None = None,
        sgd: Callable[..., Any] | None = None,
        **state: Any,
    ) -> None:
        if gradient is not None and sgd is not None:
            raise ValueError("both gradient and sgd are given; give one of them")
        self.problem = LineProblem(X, y)
        self.gradient, note = written_or_none(gradient)
        self.sgd, self.note = written_or_none(sgd)
        self.note += note
        self.epochs = OWN_EPOCHS if self.sgd else EPOCHS
        self.timeline = Timeline("epoch", self.epochs)
        self.presets = {
            "one by one": {"learning_rate": 0.1, "batch_size": 1},
            "small step": {"learning_rate": 0.02, "batch_size": 1},
            "all at once": {"learning_rate": 0.1, "batch_size": len(self.problem.y)},
            "wild": {"learning_rate": 0.4, "batch_size": 1},
        }
        # The bars show all batch sizes, so a sweep needs each run many times.
        self._run = lru_cache(maxsize=4096)(self._compute_run)
        super().__init__(**state)

    @cached_property
    def sizes(self) -> list[int]:
        """Batch sizes on the slider: divisors of m, or powers of two if m has few."""
        m = len(self.problem.y)
        divisors = [size for size in range(1, m + 1) if m % size == 0]
        if 4 <= len(divisors) <= 8:
            return divisors
        powers = [2**k for k in range(m.bit_length()) if 2**k < m]
        return [*powers[:7], m]

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders for α, the batch size and the seed."""
        return (
            Slider(
                key="learning_rate", name="learning rate", symbol="α", log=True,
                low=0.01, high=1.0, steps=41, carried=13, swept=self.sgd is None,
            ),
            BatchSize(
                key="batch_size", name="batch size", symbol="B", whole=True, choices=self.sizes,
            ),
            Slider(
                key="seed", name="seed", low=0, high=9, steps=10, whole=True, carried=4,
                swept=self.sgd is None,
            ),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the landscape with the path, the cost over epochs, the spread by batch size."""
        problem, most = self.problem, self.most_spread
        (a0, b0), (a1, b1) = problem.window
        low, high = problem.cost_range
        names = [str(size) for size in self.sizes]
        return (
            Panel(
                "Cost J over the parameters",
                Axis("θ₀", a0, b0),
                Axis("θ₁", a1, b1),
                [
                    Field(
                        "field", low="least_cost", high="highest", bands=14, root=True, reads="J"
                    ),
                    Path("path0", "path1", label="path"),
                    Curve(
                        "ring_x", "ring_y", colour="minimum", label="distance", dash=True,
                        outcome=True,
                    ),
                    Marker("minimum", "cross", label="minimum"),
                ],
            ),
            Panel(
                "Cost J over the epochs",
                Axis("epoch", 0, 1.025 * self.epochs),
                Axis("J", low, high / 8, log=True),
                [Path("times", "costs", label="J"), Rule("least_cost", label="least squares")],
            ),
            Panel(
                "Distance from the minimum",
                Axis("batch size B", -0.6, len(names) - 0.4, ticks=names),
                Axis(f"root mean square, last {LAST_EPOCHS} epochs", 0, most),
                [
                    Bars(
                        "spreads", chosen="chosen", colour="path", label="this α, each B",
                        outcome=True,
                    )
                ],
            ),
        )  # fmt: skip

    @property
    def most_spread(self) -> float:
        """The largest distance from the minimum that has room in the panel."""
        return 0.8 * float(self.problem.y.std())

    def compute(self, state: State) -> Frame:
        """Return the path, its cost, and how far every batch size ends from the minimum."""
        problem = self.problem
        surface = problem.surfaces[_KIND]
        path, mistake = self._run(state.learning_rate, state.batch_size, state.seed)
        spread = self._spread(path, mistake)
        others = [self._run(state.learning_rate, size, state.seed) for size in self.sizes]
        spreads = np.array([self._spread(*other) for other in others])
        ring = spread if np.isfinite(spread) else np.nan
        centre = surface.minimum
        costs = surface.costs(path)
        arrays = {
            "field": problem.fields[_KIND],
            "minimum": centre,
            "path0": path[:, 0],
            "path1": path[:, 1],
            "times": np.linspace(0, self.epochs, len(path)),
            "costs": costs,
            "ring_x": centre[0] + ring * np.cos(_RING),
            "ring_y": centre[1] + ring * np.sin(_RING),
            # A run that has run away gets a bar that leads out of the panel.
            "spreads": np.minimum(spreads, 2 * self.most_spread),
        }
        chosen = self.sizes.index(state.batch_size) if state.batch_size in self.sizes else -1
        scalars = {
            "least_cost": surface.least_cost,
            "highest": float(problem.fields[_KIND].max()),
            "spread": spread,
            "chosen": chosen,
        }
        if mistake:
            return Frame(arrays, mistake, scalars)
        opening = (
            f"{self.note}The path starts far from the minimum, with batches of {state.batch_size}. "
            "Press play."
        )
        summary = f"{self.note}{self._summary(state, path, spread)}{self._lost(state, spreads)}"
        return Frame(arrays, summary, scalars, opening)

    def _compute_run(self, alpha: float, batch_size: int, seed: int) -> tuple[np.ndarray, str]:
        """Return the path ``(k, 2)`` of one run and the student's mistake, if any."""
        path: list[np.ndarray] = []
        try:
            if self.sgd is None:
                walk = self._updates(alpha, batch_size, seed)
            else:
                walk = self._epochs(self.sgd, alpha, batch_size, seed)
            for theta in walk:
                if self.problem.is_far(theta):
                    break
                path.append(theta)
        except StudentMistakeError as wrong:
            return self._pad(path, batch_size), str(wrong)
        return self._pad(path, batch_size), ""

    def _updates(self, alpha: float, batch_size: int, seed: int) -> Iterator[np.ndarray]:
        """Yield θ before the first update and after each."""
        surface = self.problem.surfaces[_KIND]
        rng = np.random.default_rng(seed)
        m = len(surface.y)
        theta = np.array(self.problem.start)
        yield theta
        for _ in range(self.epochs):
            order = rng.permutation(m)
            for first in range(0, m, batch_size):
                rows = order[first : first + batch_size]
                X, y = surface.X[rows], surface.y[rows]
                if self.gradient is None:
                    slope = surface.gradient(X, y, theta)
                else:
                    slope = call_student(self.gradient, X, y, theta.copy(), shape=(2,))
                theta = theta - alpha * slope
                yield theta

    def _epochs(
        self, sgd: Callable[..., Any], alpha: float, batch_size: int, seed: int
    ) -> Iterator[np.ndarray]:
        """Yield the result of a student's sgd after 0, 1, 2, … epochs, from the same seed."""
        surface = self.problem.surfaces[_KIND]
        for epochs in range(self.epochs + 1):
            rng = np.random.default_rng(seed)
            given = (surface.X, surface.y, alpha, batch_size, epochs, rng)
            yield call_student(sgd, *given, shape=(2,))

    def _pad(self, path: Sequence[np.ndarray], batch_size: int) -> np.ndarray:
        """Return the path in full length, with gaps after its end."""
        per_epoch = 1 if self.sgd else -(-len(self.problem.y) // batch_size)
        full = np.full((1 + self.epochs * per_epoch, 2), np.nan)
        full[: len(path)] = np.reshape(path, (-1, 2))
        return full

    def _spread(self, path: np.ndarray, mistake: str) -> float:
        """Return the root mean square distance from the minimum at the end of `path`.

        Infinity if the path has run away; not a number if a mistake has ended it.
        """
        if np.isnan(path[-1, 0]):
            return float("nan" if mistake else "inf")
        off = self._end(path) - self.problem.surfaces[_KIND].minimum
        return float(np.sqrt((off**2).sum(axis=1).mean()))

    def _end(self, path: np.ndarray) -> np.ndarray:
        """Return what `path` goes through in the last epochs."""
        return path[-LAST_EPOCHS * (len(path) // self.epochs) :]

    def _lost(self, state: State, spreads: np.ndarray) -> str:
        """Say which of the other batch sizes run away, if any."""
        sizes = [
            str(size)
            for size, spread in zip(self.sizes, spreads, strict=True)
            if np.isinf(spread) and size != state.batch_size
        ]
        if not sizes:
            return ""
        *most, last = sizes
        listed = f"{', '.join(most)} and {last}" if most else last
        return f" At this α batches of {listed} run away (▲)."

    def _summary(self, state: State, path: np.ndarray, spread: float) -> str:
        surface = self.problem.surfaces[_KIND]
        updates = -(-len(self.problem.y) // state.batch_size)
        plural = "s" if updates > 1 else ""
        text = f"α = {state.learning_rate:.3g}, {updates} update{plural} in each epoch: "
        walked = path[np.isfinite(path[:, 0])]
        costs = surface.costs(walked)
        own = self.gradient or self.sgd
        # No correct step of this length climbs, whatever the order of the samples.
        if own and len(walked) and state.learning_rate <= 0.1 and costs[-1] > costs[0]:
            return text + "your step makes J rise: the path climbs. Which way should it go?"
        if own and len(walked) > 1 and not np.ptp(walked, axis=0).any():
            return text + "θ is the same after every step. Does your function take any?"
        if not np.isfinite(spread):
            return text + "the path runs away. Take a smaller α or a larger batch."
        if spread < 0.01 * self.problem.y.std():
            return text + "the path settles on the minimum."
        end = self._end(path)
        offset = float(np.linalg.norm(end.mean(axis=0) - surface.minimum))
        if offset > 0.7 * spread:
            return text + f"after {self.epochs} epochs the path is still on its way down."
        extra = 100 * (surface.costs(end).mean() / max(surface.least_cost, 1e-300) - 1)
        return text + (
            f"once down, the path wanders {spread:.3g} from the minimum, "
            f"so J stays {extra:.2g} % above its least."
        )


@dataclass(frozen=True, kw_only=True)
class BatchSize(Slider):
    """A slider whose upper end is the number of rows."""

    def check(self, value: object) -> float | int:
        """Return `value`; raise StateError unless it is from 1 to m."""
        try:
            return super().check(value)
        except StateError as wrong:
            raise StateError(f"{wrong}; there are {self.high} rows") from None

    def spec(self) -> dict[str, Any]:
        """Return the declaration of a slider."""
        return super().spec() | {"kind": "slider"}
