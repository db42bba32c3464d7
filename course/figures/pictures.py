"""Small images in rows, pixel by pixel, each with a caption; no script."""

import base64
import html
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.colours import CIVIDIS
from course.validation.arrays import as_array

SIDE = 72
"""Approximate width of one image on the page, in pixels; all cells have the same size."""


@dataclass(frozen=True, repr=False)
class Pictures:
    """Pictures of one size, grey or coloured, with a caption each; a notebook shows them.

    Attributes
    ----------
    pixels : tuple of ndarray, uint8, shape (rows, columns) or (rows, columns, 3)
    captions : tuple of str
        One for each picture, or none at all.
    alt : str
        Description of the images for a reader who cannot see them.
    across : int
        How many stand in a row; 0 for as many as there is room for.
    """

    pixels: tuple[np.ndarray, ...]
    captions: tuple[str, ...]
    alt: str
    across: int = 0

    def __repr__(self) -> str:
        return f"<pictures: {self.alt}>"

    def _repr_html_(self) -> str:
        captions = self.captions or ("",) * len(self.pixels)
        shown = "".join(map(self._cell, self.pixels, captions))
        # Columns of one width, so that what stands below another lines up with it.
        widths = [_cell_size(image) * image.shape[1] + 8 for image in self.pixels]
        column = max([*widths, *(9 * len(caption) for caption in captions)], default=SIDE)
        columns = f"repeat({self.across or 'auto-fill'}, {column}px)"
        grid = f"display:grid;grid-template-columns:{columns};gap:6px 0;overflow-x:auto"
        return (
            f'<div role="group" aria-label="{html.escape(self.alt)}" style="{grid}">{shown}</div>'
        )

    def _cell(self, image: np.ndarray, caption: str) -> str:
        rows, columns = image.shape[:2]
        cell = _cell_size(image)
        description = f"{self.alt}: {caption}" if caption else self.alt
        below = f"<br/>{html.escape(caption)}" if caption else ""
        return (
            '<span style="text-align:center;font-size:14px">'
            f'<img alt="{html.escape(description)}" '
            f'width="{cell * columns}" height="{cell * rows}" '
            'style="image-rendering:pixelated;border:1px solid #888" '
            f'src="{_png(image)}"/>{below}</span>'
        )


def pictures(
    images: ArrayLike,
    captions: Sequence[object] = (),
    *,
    alt: str,
    low: float = 0.0,
    signed: bool = False,
    across: int = 0,
) -> Pictures:
    """Show a few pictures of one size, all on one scale.

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
        How many stand in a row, for rows that are to be compared; 0 for as many as there is room
        for.

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
    if signed:
        shown = _colour(0.5 + values / (2 * (np.abs(values).max() or 1.0)))
    else:
        ink = np.clip((values - low) / ((values.max() - low) or 1.0), 0, 1)
        shown = np.rint(255 * (1 - ink)).astype(np.uint8)
    return Pictures(tuple(shown), tuple(map(str, captions)), alt, across)


def _cell_size(image: np.ndarray) -> int:
    """Return how many pixels of the page one of the image is wide and high."""
    return max(1, round(SIDE / max(image.shape[:2])))


def _colour(values: np.ndarray) -> np.ndarray:
    """Return values in [0, 1] as Cividis colours, with one more dimension (3)."""
    stations = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in CIVIDIS])
    at = np.linspace(0, 1, len(stations))
    channels = [np.interp(values, at, stations[:, i]) for i in range(3)]
    return np.rint(np.stack(channels, axis=-1)).astype(np.uint8)


def _png(image: np.ndarray) -> str:
    """Return 8-bit pixels, grey or coloured, as a data address in PNG."""
    rows, columns = image.shape[:2]
    kind = 2 if image.ndim == 3 else 0
    lines = b"".join(b"\0" + row.tobytes() for row in image)

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = name + content
        return struct.pack("!I", len(content)) + checked + struct.pack("!I", zlib.crc32(checked))

    header = struct.pack("!IIBBBBB", columns, rows, 8, kind, 0, 0, 0)
    whole = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    whole += chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(whole).decode()
