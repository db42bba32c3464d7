"""Small grey images: looked at before they are used, and shown in a notebook."""

import base64
import html
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from course.explore.colours import CIVIDIS

SIDE = 84
"""Width of one image on the page, in pixels."""


def as_images(images: ArrayLike, labels: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return images (m, rows, columns) and labels (m,) as new arrays that fit together.

    Raises
    ------
    ValueError
        If the images are not whole grey levels from 0 to 255 of one size, the labels no whole
        numbers from 0 to 9, or the two differ in number. The message names both shapes.
    """
    try:
        pixels, digits = np.array(images), np.array(labels)
    except ValueError as error:
        raise ValueError("images must all be of one size: an array (m, rows, columns)") from error
    if pixels.ndim != 3 or not pixels.size or pixels.dtype.kind not in "iuf":
        raise ValueError(
            f"images is {pixels.dtype} of shape {pixels.shape}; expected numbers of shape "
            "(m, rows, columns), not flattened yet"
        )
    if digits.shape != (len(pixels),):
        raise ValueError(
            f"images has shape {pixels.shape} and labels has shape {digits.shape}: "
            "expected one label for each image"
        )
    low, high = pixels.min(), pixels.max()
    if not (low >= 0 and high <= 255) or (pixels.dtype.kind == "f" and (pixels % 1).any()):
        raise ValueError(
            f"images holds values from {low:g} to {high:g}; expected whole grey levels, "
            "0 to 255, not scaled yet"
        )
    if digits.dtype.kind not in "iuf" or (digits % 1).any() or digits.min() < 0 or digits.max() > 9:
        raise ValueError(f"labels holds {digits.dtype} other than the digits 0 to 9")
    return pixels, digits.astype(int)


def as_labels(n: int, **named: ArrayLike) -> tuple[np.ndarray, ...]:
    """Return rows of class numbers from 0 to n − 1, all of one length.

    Raises
    ------
    ValueError
        If one is no row of whole numbers in that range, or the lengths differ.
    """
    if isinstance(n, bool) or int(n) != n or n < 1:
        raise ValueError(f"n is {n}; expected the number of classes, at least 1")
    found = []
    for name, values in named.items():
        array = np.array(values)
        if array.ndim != 1:
            raise ValueError(f"{name} has shape {array.shape}; expected one class number a sample")
        whole = array.dtype.kind in "iu" or (array.dtype.kind == "f" and not (array % 1).any())
        if array.size and (not whole or array.min() < 0 or array.max() >= n):
            raise ValueError(f"{name} holds values other than the classes 0 to {int(n) - 1}")
        found.append(array.astype(int))
    if len({len(array) for array in found}) > 1:
        shapes = ", ".join(f"{name} {np.shape(values)}" for name, values in named.items())
        raise ValueError(f"expected one entry for each sample, but got {shapes}")
    return tuple(found)


@dataclass(frozen=True, repr=False)
class Pictures:
    """A row of grey or coloured images with a caption each; a notebook shows it."""

    pixels: tuple[np.ndarray, ...]
    captions: tuple[str, ...]
    alt: str

    def __repr__(self) -> str:
        return f"<pictures: {self.alt}>"

    def _repr_html_(self) -> str:
        cells = "".join(
            f'<span style="display:inline-block;margin:2px 6px;text-align:center;font-size:14px">'
            f'<img alt="{html.escape(f"{self.alt}: {caption}")}" width="{SIDE}" height="{SIDE}" '
            f'style="image-rendering:pixelated" src="{_png(image)}"><br>{html.escape(caption)}'
            "</span>"
            for image, caption in zip(self.pixels, self.captions, strict=True)
        )
        return f"<p>{cells}</p>"


def pictures(
    images: ArrayLike, captions: Sequence[object], alt: str, signed: bool = False
) -> Pictures:
    """Show a few images in a row.

    Parameters
    ----------
    images : array_like, shape (k, rows, columns)
        Drawn dark on light; all on one scale.
    captions : sequence, length k
    alt : str
        What is to be seen, in words.
    signed : bool
        Whether values have a sign: then 0 is the middle of the colours, bright is positive.

    Raises
    ------
    ValueError
        If there is not one caption for each image.
    """
    values = np.asarray(images, dtype=float)
    if values.ndim != 3 or len(values) != len(captions):
        raise ValueError(f"images has shape {values.shape} for {len(captions)} captions")
    top = np.abs(values).max() or 1.0
    if signed:
        shown = [_coloured(0.5 + image / (2 * top)) for image in values]
    else:
        shown = [np.rint(255 * (1 - image / top)).astype(np.uint8) for image in values]
    return Pictures(tuple(shown), tuple(map(str, captions)), alt)


def _coloured(values: np.ndarray) -> np.ndarray:
    """Return values in [0, 1] as Cividis colours, (rows, columns, 3)."""
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
