"""Still pictures of curves: a small SVG with a description, and no script."""

import html
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.colours import OKABE_ITO
from course.figures.labels import label
from course.validation.arrays import as_array

WIDTH, HEIGHT = 480, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 16, 14, 52
STROKES = ("none", "9 5", "2 4", "12 4 2 4")
COLOURS = ("vermilion", "blue", "green", "purple")
"""Colours and dash patterns of the curves, in order."""
MOST_POINTS = 600


@dataclass(frozen=True, repr=False)
class Curves:
    """A picture of named curves in the unit square; a notebook shows it.

    Attributes
    ----------
    lines : mapping of str to (x, y)
        Two arrays (k,) each.
    x_label, y_label : str
    alt : str
        Description of the picture for a reader who cannot see it.
    names_above : bool
        Whether the curves' names stand in the upper left corner, and not in the lower right.
    """

    lines: Mapping[str, tuple[np.ndarray, np.ndarray]]
    x_label: str
    y_label: str
    alt: str
    names_above: bool

    def __repr__(self) -> str:
        return f"<figure: {self.alt}>"

    def _repr_html_(self) -> str:
        parts = [*self._axes()]
        for i, (name, (x, y)) in enumerate(self.lines.items()):
            stroke = (
                f'stroke="{OKABE_ITO[COLOURS[i % 4]]}" stroke-width="2.5" '
                f'stroke-dasharray="{STROKES[i % 4]}" fill="none"'
            )
            points = " ".join(f"{_across(a):.1f},{_up(b):.1f}" for a, b in zip(x, y, strict=True))
            parts.append(f'<polyline points="{points}" {stroke}/>')
            left, at = LEFT + 170, HEIGHT - BOTTOM - 16 - 22 * (len(self.lines) - 1 - i)
            if self.names_above:
                left, at = LEFT + 12, TOP + 18 + 22 * i
            parts.append(f'<line x1="{left}" x2="{left + 40}" y1="{at}" y2="{at}" {stroke}/>')
            parts.append(label(left + 48, at + 5, name, "start"))
        return (
            f'<svg role="img" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" '
            f'style="max-width:{WIDTH}px;font:14px sans-serif">'
            f"<title>{html.escape(self.alt)}</title>{''.join(parts)}</svg>"
        )

    def _axes(self) -> list[str]:
        rule = 'stroke="currentColor" stroke-opacity="0.2"'
        left, right, top, floor = LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM
        parts = []
        for value in np.linspace(0, 1, 6):
            x, y = _across(value), _up(value)
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{floor}" {rule}/>')
            parts.append(f'<line x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" {rule}/>')
            parts.append(label(x, floor + 18, f"{value:g}", "middle"))
            parts.append(label(left - 8, y + 5, f"{value:g}", "end"))
        middle = (top + floor) / 2
        parts.append(label((left + right) / 2, HEIGHT - 10, self.x_label, "middle"))
        turned = f'<g transform="rotate(-90 18 {middle})">'
        parts.append(f"{turned}{label(18, middle, self.y_label, 'middle')}</g>")
        return parts


def curves(
    lines: Mapping[str, tuple[ArrayLike, ArrayLike]],
    x_label: str,
    y_label: str,
    alt: str,
    names_above: bool = False,
) -> Curves:
    """Return a picture of curves whose points lie in the unit square, such as ROC curves.

    Parameters
    ----------
    lines : mapping of str to (x, y)
        The points of each curve in order, two array_likes (k,). Of more than 600 points, 600 evenly
        spaced along the curve are drawn.
    x_label, y_label : str
    alt : str
        Description of the picture.
    names_above : bool
        Names in the upper left corner, for curves that leave it free; else in the lower right.

    Raises
    ------
    ValueError
        If x and y of a curve differ in length or are not numbers.
    """
    drawn = {}
    for name, points in lines.items():
        if len(points) != 2:
            raise ValueError(f"{name}: got {len(points)} arrays; expected two, x and y")
        x, y = points
        across, up = as_array(x, f"x of {name}", ndim=1), as_array(y, f"y of {name}", ndim=1)
        if across.shape != up.shape:
            raise ValueError(f"{name}: x has shape {across.shape} and y has shape {up.shape}")
        drawn[name] = _thin(across, up)
    return Curves(drawn, x_label, y_label, alt, names_above)


def _thin(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keep points at equal distances along the curve, and both ends."""
    if len(x) <= MOST_POINTS:
        return x, y
    length = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(x)) + np.abs(np.diff(y)))])
    at = np.searchsorted(length, np.linspace(0, length[-1], MOST_POINTS))
    keep = np.unique(np.append(at, len(x) - 1))
    return x[keep], y[keep]


def _across(value: float) -> float:
    return LEFT + value * (WIDTH - LEFT - RIGHT)


def _up(value: float) -> float:
    return HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM)
