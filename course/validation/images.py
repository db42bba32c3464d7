"""Validation of images, labels, sizes of layers, shares and counts."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from course.validation.arrays import as_array, require_whole


def as_images(images: ArrayLike, labels: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return images (m, rows, columns) and labels (m,) as new arrays, one label for each image.

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
    if not np.isfinite(pixels).all():
        raise ValueError("images holds values that are NaN or infinite; expected grey levels")
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
        whole = array.dtype.kind in "biu" or (array.dtype.kind == "f" and not (array % 1).any())
        if array.size and (not whole or array.min() < 0 or array.max() >= n):
            raise ValueError(f"{name} holds values other than the classes 0 to {int(n) - 1}")
        found.append(array.astype(int))
    if len({len(array) for array in found}) > 1:
        shapes = ", ".join(f"{name} {np.shape(values)}" for name, values in named.items())
        raise ValueError(f"expected one entry for each sample, but got {shapes}")
    return tuple(found)


def as_sizes(sizes: Sequence[int]) -> list[int]:
    """Return the numbers of units of a network's layers, inputs first.

    Raises
    ------
    ValueError
        If there are fewer than two, or one is no whole number above 0.
    """
    found = as_array(sizes, "sizes", ndim=1)
    if len(found) < 2:
        raise ValueError(
            f"sizes has {len(found)} entry; expected the inputs and one layer at least"
        )
    for size in found.tolist():  # floats: `as_array` makes them so, whatever was given
        require_whole(least=1, size=int(size) if size.is_integer() else size)
    return found.astype(int).tolist()


def require_share(least: float | None = None, **named: float) -> None:
    """Raise ValueError unless every number given by name is above 0 and below 1.

    With `least=0`, 0 itself is allowed.

    Examples
    --------
    >>> require_share(fraction=0.1)
    """
    for name, value in named.items():
        number = float(as_array(value, name, ndim=0))
        if number >= 1 or number < 0 or (least is None and number == 0):
            from_ = "above 0" if least is None else "from 0"
            raise ValueError(f"{name} is {value}; expected a share {from_} and below 1")


def as_counts(matrix: ArrayLike) -> np.ndarray:
    """Return a confusion matrix as a new float array.

    Raises
    ------
    ValueError
        If it is not square, or an entry is negative.
    """
    counts = as_array(matrix, "matrix", ndim=2)
    if counts.shape[0] != counts.shape[1]:
        raise ValueError(f"matrix has shape {counts.shape}; expected one row and column a class")
    if (counts < 0).any():
        raise ValueError(f"matrix holds the count {counts.min():g}; expected none below 0")
    return counts
