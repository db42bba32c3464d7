"""Small pictures in a row, as one SVG with a description, and no script."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.arrays import as_array

LEVELS = 8
"""Shades between paper and ink; each shade is one path, so that a page stays small."""
CELL, GAP = 7, 10
"""Pixels a square, and between two pictures."""


@dataclass(frozen=True, repr=False)
class Pictures:
    """Square pictures, (count, side, side) with 0 for paper and 1 for ink, in rows of `columns`."""

    pixels: np.ndarray
    names: Sequence[str]
    alt: str
    columns: int

    def __repr__(self) -> str:
        return f"<pictures: {self.alt}>"

    def _repr_html_(self) -> str:
        count, side, _ = self.pixels.shape
        columns = min(count, self.columns)
        across = side * CELL + GAP
        down = across + (16 if any(self.names) else 0)
        width, height = columns * across, -(-count // columns) * down
        parts = [
            self._picture(i, (i % columns) * across, (i // columns) * down) for i in range(count)
        ]
        return (
            f'<svg role="img" viewBox="0 0 {width} {height}" width="{width}" '
            f'style="max-width:100%;font:14px sans-serif"><title>{html.escape(self.alt)}</title>'
            f"{''.join(parts)}</svg>"
        )

    def _picture(self, i: int, left: float, top: float) -> str:
        picture, side = self.pixels[i], self.pixels.shape[1] * CELL
        parts = [
            f'<rect x="0.5" y="0.5" width="{side}" height="{side}" fill="none" '
            'stroke="currentColor" stroke-opacity="0.35"/>'
        ]
        shades = np.rint(np.clip(picture, 0, 1) * LEVELS).astype(int)
        for shade in range(1, LEVELS + 1):
            squares = "".join(
                f"M{c * CELL} {r * CELL}h{CELL}v{CELL}h-{CELL}z"
                for r, c in zip(*np.nonzero(shades == shade), strict=True)
            )
            if squares:
                opacity = f"{shade / LEVELS:.3g}"
                parts.append(f'<path fill="currentColor" fill-opacity="{opacity}" d="{squares}"/>')
        if i < len(self.names) and self.names[i]:
            name = html.escape(self.names[i])
            parts.append(
                f'<text x="{side / 2}" y="{side + 17}" text-anchor="middle" '
                f'fill="currentColor">{name}</text>'
            )
        return f'<g transform="translate({left} {top})">{"".join(parts)}</g>'


def pictures(
    rows: ArrayLike, alt: str, names: Sequence[str] = (), columns: int = 10, low: float = 0.0
) -> Pictures:
    """Return square pictures to show, one for each row of numbers.

    Parameters
    ----------
    rows : array_like, shape (count, side²)
        `low` is paper, 1 is ink; what lies between is grey.
    alt : str
        What is to be seen, in words.
    names : sequence of str
        What to write below each picture.
    columns : int
        How many stand side by side.
    low : float
        0 for bits and probabilities, −1 for spins.

    Raises
    ------
    ValueError
        If the rows are not numbers or their length is no square.
    """
    table = as_array(rows, "rows", ndim=2)
    side = round(table.shape[1] ** 0.5)
    if side * side != table.shape[1]:
        raise ValueError(f"rows has shape {table.shape}; expected a square number of columns")
    pixels = ((table - low) / (1 - low)).reshape(-1, side, side)
    return Pictures(pixels, tuple(names), alt, columns)
