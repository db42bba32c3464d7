"""The explorable Confusion: choose a cell of the confusion matrix, see the images in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.explore.base.controls import Control, Slider
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Bars, Cells, Images, Panel
from course.explore.keras_mnist.default_data import nearest_mean

ACROSS, MAX_SHOWN = 6, 30
"""Images side by side, and in all."""


@dataclass(frozen=True)
class State:
    """The cell that is open."""

    truth: int = 9
    answer: int = 4


class Confusion(Explorable):
    """A confusion matrix whose cells can be opened.

    Parameters
    ----------
    X
        ``(m, n)`` images as rows, n a square number; by default scikit-learn's digits, classified
        by the nearest mean image.
    y, given
        ``(m,)`` true and predicted classes, 0 to 9.
    **state
        The cell that is open first; by default the one with most errors.

    Raises
    ------
    ValueError
        If the shapes disagree, or the state is out of range.
    """

    name = "confusion"
    title = "Confusion: whose errors are these?"
    about = (
        "Row: what a digit is. Column: what the network calls it. Press a cell, or move the two "
        "sliders, to see the very images in it."
    )
    state_class = State
    presets: Mapping[str, Mapping[str, Any]] = {
        "9 called 4": {"truth": 9, "answer": 4},
        "4 called 9": {"truth": 4, "answer": 9},
        "right 8s": {"truth": 8, "answer": 8},
    }

    def __init__(self, X: Any = None, y: Any = None, given: Any = None, **state: Any) -> None:
        if X is None:
            X, y, given = nearest_mean()
        self.images, self.y, self.given = _validate(X, y, given)
        counts = np.zeros((10, 10), dtype=np.int32)
        np.add.at(counts, (self.y, self.given), 1)
        counts.flags.writeable = False
        self.counts = counts
        totals = counts.sum(axis=1)
        self.right = np.where(totals > 0, np.diag(counts) / np.maximum(totals, 1), np.nan)
        errors = counts - np.diag(np.diag(counts))
        truth, answer = (int(i) for i in np.unravel_index(errors.argmax(), errors.shape))
        super().__init__(**({"truth": truth, "answer": answer} | state))

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders for row and column."""
        return (
            Slider(key="truth", name="truth", low=0, high=9, steps=10, whole=True),
            Slider(key="answer", name="answer", low=0, high=9, steps=10, whole=True),
        )

    def make_panels(self) -> Sequence[Panel]:
        """Return the matrix, the images of the open cell, and each class's accuracy."""
        digits = tuple("0123456789")
        return (
            Panel(
                "Row: truth. Column: answer",
                Axis("answer", -0.5, 9.5, ticks=digits),
                Axis("truth", 9.5, -0.5, ticks=digits),
                [Cells("counts", sets=("truth", "answer"))],
            ),
            Panel(
                "The images in this cell",
                Axis("", 0, 1),
                Axis("", 0, 1),
                [Images("images", across=ACROSS, count="shown", high=255)],
                bare=True,
            ),
            Panel(
                "Share called rightly",
                Axis("class", -0.6, 9.6, ticks=digits),
                Axis("share", float(min(0.8, np.floor(10 * np.nanmin(self.right)) / 10)), 1.001),
                [Bars("right", colour="validation", chosen="truth", ghost=False)],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the images of one cell, at most `MAX_SHOWN`."""
        rows = np.flatnonzero((self.y == state.truth) & (self.given == state.answer))
        shown = np.zeros((MAX_SHOWN, *self.images.shape[1:]), dtype=np.uint8)
        shown[: min(MAX_SHOWN, len(rows))] = self.images[rows[:MAX_SHOWN]]
        arrays = {"counts": self.counts, "images": shown, "right": self.right}
        scalars = {"shown": min(MAX_SHOWN, len(rows)), "truth": state.truth}
        return Frame(arrays, self._summary(state, len(rows)), scalars)

    def _summary(self, state: State, count: int) -> str:
        total = int(self.counts[state.truth].sum())
        if not total:
            return f"There is no {state.truth} among these images."
        what = "rightly called" if state.truth == state.answer else "called"
        text = f"{count} of {total} images of a {state.truth} are {what} {state.answer}"
        more = f"; the first {MAX_SHOWN} are shown" if count > MAX_SHOWN else ""
        return f"{text} ({100 * count / total:.1f} %){more}."


def _validate(X: Any, y: Any, given: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows = np.asarray(X, dtype=float)
    truth, answer = np.asarray(y), np.asarray(given)
    if rows.ndim == 3:
        rows = rows.reshape(len(rows), -1)
    side = round(rows.shape[-1] ** 0.5) if rows.ndim == 2 else 0
    if rows.ndim != 2 or side**2 != rows.shape[1]:
        raise ValueError(f"X has shape {rows.shape}; expected one square image a row")
    if truth.shape != (len(rows),) or answer.shape != (len(rows),):
        raise ValueError(
            f"X has {len(rows)} rows, y has shape {truth.shape} and given {answer.shape}: "
            "expected one class number for each row"
        )
    for name, classes in (("y", truth), ("given", answer)):
        if classes.dtype.kind not in "iuf" or (classes % 1).any() or not len(classes):
            raise ValueError(f"{name} must hold whole class numbers, 0 to 9")
        if classes.min() < 0 or classes.max() > 9:
            raise ValueError(f"{name} holds classes outside 0 to 9")
    scale = 255 / (rows.max() or 1.0)
    images = np.rint(rows * scale).clip(0, 255).astype(np.uint8).reshape(-1, side, side)
    return images, truth.astype(int), answer.astype(int)
