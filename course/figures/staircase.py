"""A still drawing of the ROC curve of a few events, step by step."""

import html
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.colours import OKABE_ITO, ROLES
from course.figures.labels import label
from course.validation.arrays import as_arrays

SIDE, LEFT, TOP, BOTTOM = 300, 64, 14, 54
"""Length of a side of the unit square, and what stands beside it, in pixels."""

MAX_EVENTS = 20
"""Events; of more nobody sees the single steps."""


@dataclass(frozen=True, repr=False)
class Staircase:
    """A drawing of the walk through events by falling score; a notebook shows it.

    Attributes
    ----------
    up, right : tuple of int
        Signal and background events of each step, which has one score.
    """

    up: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def corners(self) -> list[tuple[float, float]]:
        """The points (FPR, TPR) between which the steps run."""
        tpr = np.cumsum([0, *self.up]) / sum(self.up)
        fpr = np.cumsum([0, *self.right]) / sum(self.right)
        return list(zip(fpr.tolist(), tpr.tolist(), strict=True))

    @property
    def alt(self) -> str:
        """The drawing in words."""
        walk = [
            " and ".join(f"{count} {way}" for count, way in ((up, "up"), (right, "right")) if count)
            for up, right in zip(self.up, self.right, strict=True)
        ]
        return (
            f"A staircase from (0, 0) to (1, 1). The steps, by falling score: {'; '.join(walk)}. A "
            "step that goes up and right is slanted. Below the curve stands a column for each "
            "background event."
        )

    def __repr__(self) -> str:
        return f"<figure: {self.alt}>"

    def _repr_html_(self) -> str:
        width, height = LEFT + SIDE + 190, TOP + SIDE + BOTTOM
        return (
            f'<svg role="img" viewBox="0 0 {width} {height}" width="100%" '
            f'style="max-width:{width}px;font:14px sans-serif">'
            f"<title>{html.escape(self.alt)}</title>"
            f"{''.join(self._columns())}{''.join(self._axes())}{''.join(self._steps())}</svg>"
        )

    def _columns(self) -> Iterator[str]:
        for (left, low), (right, high), count in zip(
            self.corners, self.corners[1:], self.right, strict=False
        ):
            for i in range(count):
                share = np.array([i, i + 1]) / count
                (x0, x1), (y0, y1) = left + share * (right - left), low + share * (high - low)
                corners = [(x0, 0.0), (x0, y0), (x1, y1), (x1, 0.0)]
                points = " ".join(f"{_across(x):.1f},{_up(y):.1f}" for x, y in corners)
                yield (
                    f'<polygon points="{points}" fill="{ROLES["light"]["class0"]}" '
                    'fill-opacity="0.25" stroke="currentColor" stroke-opacity="0.5"/>'
                )

    def _axes(self) -> Iterator[str]:
        yield (
            f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" '
            'stroke="currentColor" stroke-opacity="0.5"/>'
        )
        for value in (0, 1):
            yield label(_across(value), TOP + SIDE + 20, str(value), "middle")
            yield label(LEFT - 8, _up(value) + 5, str(value), "end")
        yield label(LEFT + SIDE / 2, TOP + SIDE + 44, "false positive rate", "middle")
        middle = TOP + SIDE / 2
        words = label(20, middle, "true positive rate", "middle")
        yield f'<g transform="rotate(-90 20 {middle:g})">{words}</g>'

    def _steps(self) -> Iterator[str]:
        points = " ".join(f"{_across(x):.1f},{_up(y):.1f}" for x, y in self.corners)
        yield (
            f'<polyline points="{points}" fill="none" stroke="{OKABE_ITO["vermilion"]}" '
            'stroke-width="3.5"/>'
        )
        for x, y in self.corners:
            yield (
                f'<circle cx="{_across(x):.1f}" cy="{_up(y):.1f}" r="4.5" '
                f'fill="{OKABE_ITO["vermilion"]}" stroke="currentColor"/>'
            )
        words = ("↑ a signal event", "→ a background event", "↗ a tie of both")
        for i, text in enumerate(words):
            yield label(LEFT + SIDE + 20, TOP + SIDE / 2 + 24 * i, text, "start")


def staircase(y: ArrayLike, score: ArrayLike) -> Staircase:
    """Return a drawing of the ROC curve of a few events: a step for each score.

    Parameters
    ----------
    y, score : array_like, shape (m,)
        Truth (1 signal, 0 background) and score of each event; at most 20 events, of both classes.

    Raises
    ------
    ValueError
        If lengths differ, a label is not 0 or 1, a class is missing, or there are too many events.
    """
    labels, scores = as_arrays(y=y, score=score)
    if len(labels) > MAX_EVENTS:
        raise ValueError(f"got {len(labels)} events; expected at most {MAX_EVENTS}")
    if set(labels.tolist()) != {0.0, 1.0}:
        raise ValueError(f"y holds {sorted(set(labels.tolist()))}; expected 0 and 1, and both")
    steps = [labels[scores == value] for value in np.unique(scores)[::-1]]
    return Staircase(
        tuple(int(step.sum()) for step in steps), tuple(int((1 - step).sum()) for step in steps)
    )


def _across(value: float) -> float:
    return LEFT + value * SIDE


def _up(value: float) -> float:
    return TOP + (1 - value) * SIDE
