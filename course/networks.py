"""What describes a network from outside: sizes of layers, shares, counts. Looked at before use."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from course.arrays import as_array, require_whole


def as_sizes(sizes: Sequence[int]) -> list[int]:
    """Return the numbers of units of a network's layers, inputs first.

    Raises
    ------
    ValueError
        If there are fewer than two, or one is no whole number above 0.
    """
    found = as_array(sizes, "sizes", ndim=1)
    if len(found) < 2:
        raise ValueError(f"sizes has {len(found)} entry; expected the inputs and one layer at least")
    for size in found.tolist():
        require_whole(least=1, size=size)
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
