"""Turn strokes into an image the way MNIST's were made: scaled to a box, centred by mass.

Source: Y. LeCun, C. Cortes, C. Burges: digits were "size normalized to fit in a 20 × 20 pixel box
while preserving their aspect ratio", then "centered in a 28 × 28 image by computing the center of
mass of the pixels". The 8 × 8 digits count the ink in 4 × 4 blocks of a box of 32 × 32 that the
digit fills (E. Alpaydin, C. Kaynak).
"""

from __future__ import annotations

import numpy as np

PEN = 2.2
"""Width of a line, in pixels of MNIST's images."""


def read_strokes(text: str) -> list[np.ndarray]:
    """Return the strokes written as ``"x,y x,y;x,y"``, each (k, 2), in cells."""
    return [
        np.array([[int(n) for n in point.split(",")] for point in stroke.split()]) / 10
        for stroke in text.split(";")
        if stroke.strip()
    ]


def as_image(text: str, side: int) -> np.ndarray:
    """Return a drawing as an image ``(side, side)`` from 0 to 1, processed like its data set.

    An empty drawing gives an empty image. `side` is 28, or 8 for scikit-learn's digits.
    """
    strokes = read_strokes(text)
    if not strokes:
        return np.zeros((side, side))
    if side == 28:
        return _centre(fit_to_box(strokes, 20.0, PEN), 28)
    fine = _rasterise(fit_to_box(strokes, 32.0, 3.5), 32, 3.5)
    return fine.reshape(side, 32 // side, side, 32 // side).mean(axis=(1, 3))


def fit_to_box(strokes: list[np.ndarray], box: float, pen: float) -> list[np.ndarray]:
    """Scale strokes, with their aspect ratio, so that with the pen's width they fill a box."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    extent = float((high - low).max())
    scale = (box - pen) / extent if extent > 0.5 else 1.0
    middle = (low + high) / 2
    return [(stroke - middle) * scale + box / 2 for stroke in strokes]


def _rasterise(strokes: list[np.ndarray], side: int, pen: float) -> np.ndarray:
    """Return the ink of each pixel: 1 within half the pen's width, falling to 0 over one pixel."""
    starts = np.concatenate([stroke[: max(1, len(stroke) - 1)] for stroke in strokes])
    ends = np.concatenate([stroke[1:] if len(stroke) > 1 else stroke for stroke in strokes])
    # x and y separately: sums over an axis of length 2 would take most of the time.
    (x, y), (dx, dy) = starts.T, (ends - starts).T
    centre = np.arange(side)[:, None] + 0.5
    across, down = centre - x, centre - y
    along = np.maximum(dx**2 + dy**2, 1e-9)
    part = np.clip(((across * dx)[None] + (down * dy)[:, None]) / along, 0, 1)
    squared = (across[None] - part * dx) ** 2 + (down[:, None] - part * dy) ** 2
    return np.clip(pen / 2 + 0.5 - np.sqrt(squared.min(axis=-1)), 0, 1)


def _centre(strokes: list[np.ndarray], side: int) -> np.ndarray:
    """Rasterise strokes, with the centre of mass of the ink in the middle of the image."""
    moved = [stroke + (side - 20) / 2 for stroke in strokes]
    ink = _rasterise(moved, side, PEN)
    centre = np.arange(side) + 0.5
    mass = np.array([(ink.sum(axis=0) * centre).sum(), (ink.sum(axis=1) * centre).sum()])
    shift = side / 2 - mass / ink.sum()
    return _rasterise([stroke + shift for stroke in moved], side, PEN)
