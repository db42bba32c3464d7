"""Small pictures for memories and RBMs: letters of 10 × 10 spins, digits of 8 × 8 bits."""

from functools import cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("letters.txt")


@cache
def _letters() -> dict[str, str]:
    """Read the drawings: a letter's name, then its rows, then an empty line."""
    drawn = (
        block.split("\n", 1) for block in FILE.read_text(encoding="utf-8").strip().split("\n\n")
    )
    return {name: rows.replace("\n", "") for name, rows in drawn}


def letters(names: str) -> np.ndarray:
    """Return letters as spins, one row of 100 for each: +1 is ink, −1 is paper.

    Examples
    --------
    >>> letters("ETX").shape
    (3, 100)

    Raises
    ------
    ValueError
        If a letter has no picture, or `names` is empty.
    """
    drawings = _letters()
    unknown = [name for name in names if name not in drawings]
    if unknown or not names:
        asked = ", ".join(unknown) or "no letter"
        raise ValueError(f"{asked} was asked for; there are pictures of {', '.join(drawings)}")
    return np.array([[1.0 if dot == "#" else -1.0 for dot in drawings[name]] for name in names])


@cache
def _digits() -> tuple[np.ndarray, np.ndarray]:
    from sklearn.datasets import load_digits

    data = load_digits()
    return (data.data > 7).astype(float), data.target


def binary_digits() -> tuple[np.ndarray, np.ndarray]:
    """Return scikit-learn's handwritten digits in black and white, and which digit each is.

    Returns
    -------
    V : ndarray, shape (1797, 64)
        Units 0 and 1: a pixel is 1 where the ink is above 7 of 16. Each row is an 8 × 8 picture.
    labels : ndarray, shape (1797,)
        0 to 9.
    """
    V, labels = _digits()
    return V.copy(), labels.copy()
