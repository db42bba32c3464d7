"""Small images side by side, pixel by pixel, each with a caption."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from course.colours import CIVIDIS_SCALE
from course.figures.figure import Description, figure
from course.figures.look import WIDTH
from course.validation.arrays import as_array

if TYPE_CHECKING:
    from course.figures.plotly_figure import Figure

MAX_SIDE, CAPTION, GAP = 72, 24, 8
"""An image's largest width, the height of its caption and the space around it, in pixels."""
PER_ROW = range(10, 5, -1)
"""Images side by side: the largest of these that fills every row."""
INK = [[0, "rgb(255, 255, 255)"], [1, "rgb(0, 0, 0)"]]


def pictures(
    images: ArrayLike,
    captions: Sequence[object] = (),
    *,
    alt: str,
    low: float = 0.0,
    signed: bool = False,
    across: int = 0,
) -> Figure | Description:
    """Show a few pictures of one size, all on one scale.

    A notebook keeps a byte or, of numbers that are no whole ones to 255, four for each pixel, a
    third more in its text, and half a kilobyte for each picture: with what other pages show,
    twenty of 8 × 8 bits make some 13 kB and ten of 28 × 28 fractions some 50 kB.

    Parameters
    ----------
    images : array_like, shape (k, rows, columns) or (k, side²)
        From `low` (paper) to their largest value (ink).
    captions : sequence, length k, or empty
    alt : str
        Description of the images.
    low : float
        0 for bits, grey levels and probabilities, −1 for spins. Lower values are paper too.
    signed : bool
        Whether values have a sign: then 0 is the middle of the colour map, positive is bright.
    across : int
        How many stand in a row, for rows that are to be compared; 0 for full rows if there are.

    Raises
    ------
    ValueError
        If the images are not numbers, or rows whose length is not a square number, or their number
        differs from that of the captions.
    """
    values = as_array(images, "images")
    side = round(values.shape[-1] ** 0.5)
    if values.ndim == 2 and side * side == values.shape[1]:
        values = values.reshape(-1, side, side)
    if values.ndim != 3:
        raise ValueError(
            f"images has shape {values.shape}; expected (k, rows, columns), or k rows of a square "
            "number of values"
        )
    if len(captions) not in (0, len(values)):
        raise ValueError(
            f"{len(captions)} captions for {len(values)} images; expected one for each"
        )
    top = float(np.abs(values).max() if signed else values.max())
    bottom = -top if signed else low
    scale = {  # one for all images: in each of them it would be kept as often
        "cmin": bottom,
        "cmax": top if top > bottom else bottom + 1,
        "showscale": False,
        "colorscale": CIVIDIS_SCALE if signed else INK,
    }
    count, rows, columns = values.shape
    grid = _Grid(count, rows, columns, across)
    words = [html.escape(str(caption)) for caption in captions]
    names = words or [f"image {number}" for number in range(len(values))]
    traces = [
        {
            "type": "heatmap",
            "z": _compact(image),
            "x0": x + 0.5,
            "y0": y + 0.5,
            "hovertemplate": f"{name}: %{{z:.3g}}<extra></extra>",
            "coloraxis": "coloraxis",
        }
        for image, name, (x, y) in zip(values, names, grid.corners(), strict=True)
    ]
    return figure(alt, traces, **grid.layout(words), coloraxis=scale)


def _compact(image: np.ndarray) -> np.ndarray:
    """Return the values in the smallest type that holds them as they are seen."""
    small = image.astype(np.uint8)
    return small if np.array_equal(small, image) else image.astype(np.float32)


class _Grid:
    """Where each of `count` images of one size stands, in units of a pixel of theirs."""

    def __init__(self, count: int, rows: int, columns: int, across: int) -> None:
        fitting = (number for number in PER_ROW if count % number == 0)
        self.across = across or (count if count < PER_ROW[0] else next(fitting, PER_ROW[0]))
        self.count, self.rows, self.columns = count, rows, columns
        room = WIDTH / self.across - GAP
        self.pixel = max(1, int(min(room, MAX_SIDE) // max(rows, columns)))

    def corners(self) -> Iterator[tuple[float, float]]:
        """Yield the place of each image's upper left corner."""
        right, down = self.columns + GAP / self.pixel, self.rows + (GAP + CAPTION) / self.pixel
        for number in range(self.count):
            yield number % self.across * right, number // self.across * down

    def layout(self, captions: Sequence[str]) -> dict[str, Any]:
        """Return the layout with a frame and a caption for each image."""
        corners = list(self.corners())
        right = max(x for x, _ in corners) + self.columns
        down = max(y for _, y in corners) + self.rows + CAPTION / self.pixel
        axis = {"visible": False, "fixedrange": True}
        frames = [
            {
                "type": "rect",
                "x0": x,
                "x1": x + self.columns,
                "y0": y,
                "y1": y + self.rows,
                "line": {"color": "#888888", "width": 1},
            }
            for x, y in corners
        ]
        words = [
            {
                "text": caption,
                "x": x + self.columns / 2,
                "y": y + self.rows,
                "yanchor": "top",
                "showarrow": False,
            }
            for caption, (x, y) in zip(captions, corners, strict=False)
        ]
        return {
            "xaxis": {**axis, "range": [-0.5, right + 0.5]},
            "yaxis": {**axis, "range": [down, -0.5], "scaleanchor": "x"},
            "shapes": frames,
            "annotations": words,
            "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
            "width": round((right + 1) * self.pixel) + 8,
            "height": round((down + 0.5) * self.pixel) + 8,
        }
