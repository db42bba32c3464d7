"""The explorable Perceptron: Rosenblatt's rule, one sample at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import nnls

from course.data.gates import GATES, gate, separable
from course.explore.base.controls import Choice, Control, Slider, Timeline
from course.explore.base.drawn import PointList, read_points
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Curve, Marker, Panel, Path, Points, Rule
from course.explore.base.student import StudentMistakeError, call_student, written_or_none
from course.explore.base.sums import Arithmetic, Pick, Sum, Term, number, product

LOOKS = 160
LOWEST, EDGE = -1.2, 1.5
CLASSES = ("−1", "+1")
DATASETS = (*GATES, "two clouds")


@dataclass(frozen=True)
class State:
    """The values of Perceptron's sliders."""

    dataset: str = "AND"
    margin: float = 0.2
    seed: int = 0
    points: str = ""


class Perceptron(Explorable):
    """A threshold unit that updates its line after each misclassified sample.

    Parameters
    ----------
    predict
        Your own ``perceptron_predict(X, w, b) -> (m,)``, which decides what is a mistake once it
        is written.
    **state
        Initial values of the sliders.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "perceptron"
    title = "Perceptron: a line that learns from its mistakes"
    about = (
        "The neuron looks at one sample after the other, in a new order each epoch. If it is "
        "wrong, it adds y x to its weights and y to its bias, and its line moves at once."
    )
    about_live = (
        "A press on a sample opens the neuron's sum there; with “points” you paint samples of your "
        "own."
    )
    state_class = State
    timeline = Timeline("look", LOOKS, seconds=16.0)
    readout = "after {now} looks: {mistakes} mistakes, w = ({w1}, {w2}), b = {b}"
    presets: Mapping[str, Mapping[str, Any]] = {
        "AND": {"dataset": "AND"},
        "XOR": {"dataset": "XOR"},
        "wide gap": {"dataset": "two clouds", "margin": 0.3},
        "narrow gap": {"dataset": "two clouds", "margin": 0.05},
    }

    def __init__(self, *, predict: Callable[..., Any] | None = None, **state: Any) -> None:
        self.predict, self.note = written_or_none(predict)
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the choice of data, the gap between the clouds, the seed, the reader's points."""
        return (
            Choice(key="dataset", name="data", options=DATASETS),
            Slider(
                key="margin", name="half the gap of the clouds", low=0.02, high=0.4, steps=20,
                carried=5,
            ),
            Slider(
                key="seed", name="seed of the order", low=0, high=9, steps=10, whole=True, carried=4
            ),
            PointList(
                key="points", name="points", x=(LOWEST, EDGE), y=(LOWEST, EDGE), classes=CLASSES,
                replaces=("dataset", "margin"),
            ),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the samples with the line, the count of mistakes, and the weights' path."""
        return (
            Panel(
                "The samples and the line",
                Axis("x₁", LOWEST, EDGE),
                Axis("x₂", LOWEST, EDGE),
                [
                    Curve("line_x", "line_y", label="z = 0"),
                    Curve("arrow_x", "arrow_y", colour="minimum", label="w"),
                    Points(
                        "x1",
                        "x2",
                        sets=("points",),
                        classes="classes",
                        size=6,
                        class_labels=CLASSES,
                    ),
                    Marker("looked_at", "ring", colour="path", label="look"),
                ],
                explained="unit",
                ground=("x1", "classes"),
            ),
            Panel(
                "Mistakes so far",
                Axis("samples looked at", 0, 1.02 * LOOKS),
                Axis("mistakes", 0, "top"),
                [Path("looks", "mistakes", label="count"), Rule("bound", label="(R/γ)²")],
                ground=("x1", "classes"),
            ),
            Panel(
                "The weights",
                Axis("w₁", "weight_low", "weight_high"),
                Axis("w₂", "weight_low", "weight_high"),
                [Path("w1", "w2", label="w", dots=True)],
                ground=("x1", "classes"),
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the line, the weights and the count of mistakes after every sample."""
        X, y, gap = _samples(state)
        weights = np.full((LOOKS + 1, 3), np.nan)
        weights[0] = 0
        mistakes = np.full(LOOKS + 1, np.nan)
        mistakes[0] = 0
        looked_at = np.full((LOOKS + 1, 2), np.nan)
        problem, converged = "", None
        try:
            converged = self._learn(state.seed, X, y, weights, mistakes, looked_at)
        except StudentMistakeError as wrong:
            problem = str(wrong)
        bound = ((X**2).sum(axis=1).max() + 1) / gap**2 if gap else np.nan
        line, arrow = _lines(weights)
        reach = max(2.0, 1.1 * float(np.nanmax(np.abs(weights[:, :2]))))
        arrays = {
            "x1": X[:, 0],
            "x2": X[:, 1],
            "classes": (y > 0).astype(np.uint8),
            "line_x": line[..., 0],
            "line_y": line[..., 1],
            "arrow_x": arrow[..., 0],
            "arrow_y": arrow[..., 1],
            "looked_at": looked_at,
            "looks": np.arange(LOOKS + 1),
            "mistakes": mistakes,
            "w1": weights[:, 0],
            "w2": weights[:, 1],
            "b": weights[:, 2],
        }
        near = bound if bound <= 100 else 0.0  # a larger bound is in the text only
        top = 1.15 * max(9.0, near, float(np.nanmax(mistakes)))
        scalars = {
            "bound": bound if bound < top else np.nan,
            "top": top,
            "weight_low": -reach,
            "weight_high": reach,
        }
        if not len(X):
            problem = "Put down a point; the neuron needs something to look at."
        if problem:
            return Frame(arrays, problem, scalars)
        opening = (
            f"{self.note}At first w = 0 and there is no line: the first mistake draws it. "
            "Press step, or play."
        )
        summary = self.note + _summary(state, mistakes, bound, converged)
        return Frame(arrays, summary, scalars, opening)

    def arithmetic(self, state: State, frame: Frame, pick: Pick) -> Arithmetic:
        """Return the neuron's sum at a place of the plane, and how a mistake changes its weights.

        At the sample that is looked at, the weights are those before the look.
        """
        X, y, _ = _samples(state)
        look, x = pick.row(LOOKS + 1), np.array([pick.x, pick.y])
        near = np.flatnonzero((np.abs(X - x) < 1e-3).all(axis=1))
        sample = int(near[0]) if len(near) else None
        ring = frame.arrays["looked_at"][look]
        is_looked_at = sample is not None and bool(np.allclose(ring, X[sample], atol=1e-3))
        weights = [frame.arrays[name][look - is_looked_at] for name in ("w1", "w2", "b")]
        w, b = np.array(weights[:2], dtype=float), float(weights[2])
        x = x if sample is None else X[sample]
        terms = [product("w₁ x₁", w[0], x[0]), product("w₂ x₂", w[1], x[1])]
        terms.append(Term(f"b = {number(b)}", b))
        answer = self._answer(x, w, b)
        whose = "your perceptron_predict" if self.predict else "the neuron"
        z = float(x @ w + b)
        then = [
            f"z is {'at least' if z >= 0 else 'below'} 0, and {whose} answers {number(answer)}",
            "the step is flat: its derivative is 0 on both sides of z = 0, and no gradient tells "
            "which way to go; the rule stands in its place",
        ]
        sums = [Sum("z", "w₁ x₁ + w₂ x₂ + b", terms, "z", then)]
        if sample is not None:
            label = float(y[sample])
            is_wrong = answer != label
            then.append(f"the sample is {number(label)}: {'a mistake' if is_wrong else 'right'}")
            if is_wrong and is_looked_at:
                sums += _update(w, b, x, label)
        when = f"before look {look}" if is_looked_at else f"after {look} looks"
        return Arithmetic(f"The neuron at ({number(x[0])}, {number(x[1])}), {when}", sums)

    def _learn(
        self,
        seed: int,
        X: np.ndarray,
        y: np.ndarray,
        weights: np.ndarray,
        mistakes: np.ndarray,
        looked_at: np.ndarray,
    ) -> int | None:
        """Fill the three histories; return the end of the first epoch without mistakes, if any."""
        rng = np.random.default_rng(seed)
        w, b, look, clean = np.zeros(2), 0.0, 0, None
        while len(y) and look < LOOKS:
            before = mistakes[look]
            for i in rng.permutation(len(y)):
                if look == LOOKS:
                    return clean
                look += 1
                wrong = self._answer(X[i], w, b) != y[i]
                if wrong:
                    w, b = w + y[i] * X[i], b + y[i]
                weights[look], looked_at[look] = (*w, b), X[i]
                mistakes[look] = mistakes[look - 1] + wrong
            if clean is None and mistakes[look] == before:
                clean = look
        return clean

    def _answer(self, x: np.ndarray, w: np.ndarray, b: float) -> float:
        if self.predict is None:
            return 1.0 if x @ w + b >= 0 else -1.0
        return float(call_student(self.predict, x[None], w.copy(), b, shape=(1,))[0])


def widest_margin(X: np.ndarray, y: np.ndarray) -> float:
    """Return the widest margin γ of samples with a 1 appended; 0 if no line separates them.

    It is the distance from the origin to the convex hull of the y (x, 1): of convex combinations of
    them the one of least norm, which non-negative least squares finds.
    """
    signed = y[:, None] * np.column_stack([X, np.ones(len(X))])
    parts, _ = nnls(np.vstack([signed.T, np.ones(len(X))]), np.array([0.0, 0, 0, 1]))
    gap = float(np.linalg.norm(parts @ signed) / parts.sum())
    return gap if gap > 1e-6 else 0.0


def _samples(state: State) -> tuple[np.ndarray, np.ndarray, float]:
    """Return the samples, their labels, and a margin γ (0 if there is none)."""
    if state.points:
        X, classes = read_points(state.points)
        y = 2.0 * classes - 1
        return X, y, widest_margin(X, y) if len(X) else 0.0
    if state.dataset == "two clouds":
        X, y, line = separable(30, state.margin, np.random.default_rng(3))
        return X, y, float((y * (X @ line[:2] + line[2])).min() / np.linalg.norm(line))
    X, y = gate(state.dataset)
    # The directions of the widest margin of AND and OR, for samples with a 1 appended.
    best = {"AND": (2.0, 2.0, -3.0), "OR": (2.0, 2.0, -1.0)}.get(state.dataset)
    if best is None:
        return X, y, 0.0
    z = X @ np.array(best[:2]) + best[2]
    return X, y, float((y * z).min() / np.linalg.norm(best))


def _update(w: np.ndarray, b: float, x: np.ndarray, label: float) -> list[Sum]:
    """Return the new weights and the new bias after a mistake."""
    moved = [
        Sum(
            f"new w{index}",
            f"w{index} + y x{index}",
            [Term(f"w{index} = {number(old)}", float(old)), product(f"y x{index}", label, part)],
            f"new w{index}",
        )
        for index, old, part in zip("₁₂", w, x.tolist(), strict=True)
    ]
    terms = [Term(f"b = {number(b)}", b), Term(f"y = {number(label)}", label)]
    return [*moved, Sum("new b", "b + y", terms, "new b")]


def _lines(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the line z = 0 and of an arrow along w, (T + 1, 2, 2) each."""
    w, b = weights[:, :2], weights[:, 2:]
    length = np.linalg.norm(w, axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        normal = w / length
        foot = -b / length * normal
    along = 9 * np.stack([-normal[:, 1], normal[:, 0]], axis=1)
    line = np.stack([foot - along, foot + along], axis=1)
    return line, np.stack([foot, foot + 0.5 * normal], axis=1)


def _summary(state: State, mistakes: np.ndarray, bound: float, converged: int | None) -> str:
    made = int(mistakes[-1])
    if state.points and np.isnan(bound):
        return f"No line separates your points: after {LOOKS} looks {made} mistakes, and no end."
    if state.dataset == "XOR" and not state.points:
        return f"No line separates XOR: after {LOOKS} looks {made} mistakes, and no end."
    if converged is None:
        return (
            f"After {LOOKS} looks {made} mistakes, and no clean epoch yet; "
            f"the theorem allows {bound:.0f}."
        )
    return (
        f"After {made} mistakes the line is right about every sample (seen at look {converged}); "
        f"the theorem allows {bound:.0f}."
    )
