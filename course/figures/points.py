"""Still pictures: points and curves through them, a small SVG with a description, no script."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from course.colours import ROLES
from course.figures.labels import label
from course.validation.arrays import as_array, as_arrays

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 78, 16, 14, 52
STROKES = ("none", "9 5", "2 4", "12 4 2 4")
"""Dash patterns, so that lines differ not only by colour."""
FINE = 200
"""Points of a curve; those above or below the picture are left out."""


@dataclass(frozen=True, repr=False)
class Figure:
    """A picture of points `x`, `y` and of named lines and curves; a notebook shows it.

    Attributes
    ----------
    x, y : ndarray, shape (m,)
    x_label, y_label : str
        With units.
    alt : str
        Description of the picture for a reader who cannot see it.
    lines : mapping of str to tuple of float
        Intercept, slope and so on of each line, the coefficients of a polynomial, by name.
    """

    x: np.ndarray
    y: np.ndarray
    x_label: str
    y_label: str
    alt: str
    lines: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<figure: {self.alt}>"

    def _repr_html_(self) -> str:
        across, up = _ticks(np.append(self.x, 0)), _ticks(self.y)
        place = _Scale((across[0], across[-1]), (up[0], up[-1]))
        return (
            f'<svg role="img" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" '
            f'style="max-width:{WIDTH}px;font:14px sans-serif">'
            f"<title>{html.escape(self.alt)}</title>"
            f"{self._axes(place, across, up)}{self._points(place)}{self._lines(place)}</svg>"
        )

    def _axes(self, place: "_Scale", across: np.ndarray, up: np.ndarray) -> str:
        floor, parts = HEIGHT - BOTTOM, []
        rule = 'stroke="currentColor" stroke-opacity="0.2"'
        for value in across:
            x = place.across(value)
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{floor}" {rule}/>')
            parts.append(label(x, floor + 18, f"{value:g}", "middle"))
        for value in up:
            y = place.up(value)
            ends = f'x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
            parts.append(f"<line {ends} {rule}/>")
            parts.append(label(LEFT - 8, y + 5, f"{value:g}", "end"))
        middle = (TOP + floor) / 2
        parts.append(label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, self.x_label, "middle"))
        turned = f'<g transform="rotate(-90 16 {middle})">'
        parts.append(f"{turned}{label(16, middle, self.y_label, 'middle')}</g>")
        return "".join(parts)

    def _points(self, place: "_Scale") -> str:
        return "".join(
            f'<circle cx="{place.across(x):.1f}" cy="{place.up(y):.1f}" r="4.5" '
            f'fill="{ROLES["light"]["data"]}" stroke="currentColor" stroke-width="0.6"/>'
            for x, y in zip(self.x, self.y, strict=True)
        )

    def _lines(self, place: "_Scale") -> str:
        parts = []
        for i, (name, coefficients) in enumerate(self.lines.items()):
            x = np.linspace(*place.x_range, 2 if len(coefficients) == 2 else FINE)
            y = np.polynomial.polynomial.polyval(x, coefficients)
            seen = (place.y_range[0] <= y) & (y <= place.y_range[1]) | (len(x) == 2)
            stroke = (
                f'stroke="{ROLES["light"]["model"]}" stroke-width="2.5" '
                f'stroke-dasharray="{STROKES[i % len(STROKES)]}"'
            )
            points = " ".join(
                f"{place.across(a):.1f},{place.up(b):.1f}"
                for a, b in zip(x[seen], y[seen], strict=True)
            )
            parts.append(f'<polyline points="{points}" fill="none" {stroke}/>')
            at = TOP + 18 + 20 * i
            parts.append(f'<line x1="{LEFT + 12}" x2="{LEFT + 52}" y1="{at}" y2="{at}" {stroke}/>')
            parts.append(label(LEFT + 60, at + 5, name, "start"))
        return "".join(parts)


@dataclass(frozen=True)
class _Scale:
    """Converts values to positions on the picture."""

    x_range: tuple[float, float]
    y_range: tuple[float, float]

    def across(self, value: float) -> float:
        low, high = self.x_range
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def up(self, value: float) -> float:
        low, high = self.y_range
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)


def scatter(
    x: ArrayLike,
    y: ArrayLike,
    x_label: str,
    y_label: str,
    alt: str,
    lines: Mapping[str, Sequence[float]] | None = None,
) -> Figure:
    """Return a picture of points and of lines or curves through them.

    Parameters
    ----------
    x, y : array_like, shape (m,)
    x_label, y_label : str
        With units.
    alt : str
        Description of the picture.
    lines : mapping of str to (intercept, slope, …), optional
        Of a curve the coefficients of a polynomial, the constant first.

    Raises
    ------
    ValueError
        If x and y differ in length or are not numbers, or a line is not two numbers or more.
    """
    across, up = as_arrays(x=x, y=y)
    for name, line in (lines or {}).items():
        if len(as_array(line, f"line {name!r}", ndim=1)) < 2:
            raise ValueError(f"line {name!r} is {line}; expected (intercept, slope)")
    drawn = {name: tuple(map(float, line)) for name, line in (lines or {}).items()}
    return Figure(across, up, x_label, y_label, alt, drawn)


def _ticks(values: np.ndarray) -> np.ndarray:
    """Return about six round numbers whose range contains all values."""
    low, high = float(values.min()), float(values.max())
    rough = (high - low or 1.0) / 5
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= rough * (1 - 1e-9))
    return step * np.arange(np.floor(low / step), np.ceil(high / step) + 1)
