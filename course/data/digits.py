"""Real handwritten digits of 8 × 8 pixels, as rows of numbers, with some of them held out."""

from typing import NamedTuple

import numpy as np

from course.data.mnist import small_digits


class Digits(NamedTuple):
    """Images (m, 64), 0 for paper and 1 for ink, and what they show (m,), 0 to 9."""

    X: np.ndarray
    labels: np.ndarray


def digits(held_out: int = 597, seed: int = 7) -> tuple[Digits, Digits]:
    """Return the 1,797 digits that come with scikit-learn, in two parts.

    Parameters
    ----------
    held_out : int
        The number of images in the second part.
    seed : int
        Seed of the split.

    Raises
    ------
    ValueError
        If a part would be empty.

    Notes
    -----
    E. Alpaydin, C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
    Repository (1998): by 43 writers; 32 × 32 bits were counted in blocks of 4 × 4.
    """
    pixels, labels = (np.concatenate(parts) for parts in zip(*small_digits(), strict=True))
    if not 0 < held_out < len(pixels):
        raise ValueError(f"held_out is {held_out}; expected 1 to {len(pixels) - 1}")
    order = np.random.default_rng(seed).permutation(len(pixels))
    X, labels = pixels[order].reshape(len(pixels), -1) / 255, labels[order]
    first = len(X) - held_out
    return Digits(X[:first], labels[:first]), Digits(X[first:], labels[first:])
