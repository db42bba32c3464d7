"""Convert arguments to arrays, or raise a ValueError that says what is wrong."""

from numbers import Integral

import numpy as np
from numpy.typing import ArrayLike


def as_array(values: ArrayLike, name: str, ndim: int | None = None) -> np.ndarray:
    """Return `values` as a new float array.

    Parameters
    ----------
    values : array_like
        Numbers: a list, a tuple, an integer or float array.
    name : str
        Its name in an error message.
    ndim : int, optional
        The required number of dimensions.

    Raises
    ------
    ValueError
        If it is not numeric, is empty, holds NaN or infinity, or has another number of dimensions.

    Examples
    --------
    >>> as_array([1, 2], "x")
    array([1., 2.])
    >>> as_array([1, 2], "X", ndim=2)
    Traceback (most recent call last):
    ValueError: X has shape (2,); expected a table, samples × features
    """
    only = f"{name} must hold numbers only, in rows of equal length"
    try:
        array = np.array(values, dtype=float)
        kind = np.asarray(values).dtype.kind
    except (TypeError, ValueError) as error:
        raise ValueError(only) from error
    if kind in "US" or (kind == "O" and any(v is None for v in np.ravel(values))):
        raise ValueError(f"{only}: text and None are none")
    if ndim is not None and array.ndim != ndim:
        wanted = {0: "a single number", 1: "one row of numbers", 2: "a table, samples × features"}
        raise ValueError(
            f"{name} has shape {array.shape}; expected {wanted.get(ndim, f'{ndim} dimensions')}"
        )
    if array.size == 0:
        raise ValueError(f"{name} is empty (shape {array.shape}); expected at least one number")
    if not np.isfinite(array).all():
        count = int((~np.isfinite(array)).sum())
        cure = (
            "has the descent diverged? Take a smaller α" if name == "theta" else "remove them first"
        )
        raise ValueError(f"{name} holds {count} value(s) that are NaN or infinite; {cure}")
    return array


def as_arrays(**named: ArrayLike) -> tuple[np.ndarray, ...]:
    """Return the sample table `X` and further arguments as new float arrays of matching shapes.

    `X` is (m, n). `y` must have one entry for each of its m rows, `theta` one for each of its
    n columns. Any other name is a one-dimensional array of any length.

    Raises
    ------
    ValueError
        If an array is not numeric or two shapes disagree; the message names both shapes.

    Examples
    --------
    >>> X, theta = as_arrays(X=[[1, 2], [3, 4]], theta=[0, 1])
    >>> theta
    array([0., 1.])
    """
    arrays = {
        name: as_array(values, name, ndim=2 if name == "X" else 1) for name, values in named.items()
    }
    if "X" in arrays:
        X = arrays["X"]
        for name, axis, counted in (("y", 0, "row"), ("theta", 1, "column")):
            if name in arrays and len(arrays[name]) != X.shape[axis]:
                raise ValueError(
                    f"X has shape {X.shape} and {name} has shape {arrays[name].shape}: "
                    f"expected one entry of {name} for each {counted} of X"
                )
    elif len({array.shape for array in arrays.values()}) > 1:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise ValueError(f"expected arrays of one length, but got {shapes}")
    return tuple(arrays.values())


def require_positive(**named: float) -> None:
    """Raise ValueError unless every number given by name is finite and above 0.

    Examples
    --------
    >>> require_positive(alpha=0.1)
    """
    for name, value in named.items():
        if as_array(value, name, ndim=0) <= 0:
            raise ValueError(f"{name} is {value}; expected a number above 0")


def require_not_negative(**named: float) -> None:
    """Raise ValueError unless every number given by name is finite and at least 0.

    Examples
    --------
    >>> require_not_negative(tol=0.0)
    """
    for name, value in named.items():
        if isinstance(value, float | int) and 0 <= value < np.inf:
            continue  # called for every single update of a spin, so avoid making an array
        if as_array(value, name, ndim=0) < 0:
            raise ValueError(f"{name} is {value}; expected 0 or a number above it")


def require_generator(**named: np.random.Generator) -> None:
    """Raise ValueError unless every argument is a generator such as np.random.default_rng(1).

    Examples
    --------
    >>> require_generator(rng=np.random.default_rng(1))
    """
    for name, value in named.items():
        if not isinstance(value, np.random.Generator):
            raise ValueError(f"{name} is {value!r}; expected a generator: np.random.default_rng(1)")


def require_whole(least: int = 0, most: int | None = None, **named: int) -> None:
    """Raise ValueError unless every number given by name is whole and from `least` to `most`.

    Examples
    --------
    >>> require_whole(least=1, most=24, batch_size=8)
    """
    wanted = f"a whole number, at least {least}" + ("" if most is None else f" and at most {most}")
    for name, value in named.items():
        number = as_array(value, name, ndim=0)
        if not isinstance(value, Integral) and getattr(value, "dtype", number.dtype).kind == "f":
            raise ValueError(f"{name} is {value}, a float; expected {wanted}: {number:.0f}, say")
        if number != np.floor(number) or number < least or (most is not None and number > most):
            raise ValueError(f"{name} is {value}; expected {wanted}")


def require_fractions(fractions: ArrayLike, count: int = 3) -> None:
    """Raise ValueError unless `fractions` are `count` numbers, none below 0, that sum to 1."""
    parts = as_array(fractions, "fractions", ndim=1)
    if len(parts) != count or (parts < 0).any() or not np.isclose(parts.sum(), 1):
        given = ", ".join(f"{part:g}" for part in parts)
        raise ValueError(
            f"fractions are ({given}), which sum to {parts.sum():g}; "
            f"expected {count} numbers, none below 0, that sum to 1"
        )


def require_nonzero(**named: ArrayLike) -> None:
    """Raise ValueError if an array given by name holds a 0."""
    for name, values in named.items():
        zeros = int((as_array(values, name) == 0).sum())
        if zeros:
            raise ValueError(f"{name} holds {zeros} value(s) equal to 0; expected none")


def with_ones(X: ArrayLike) -> np.ndarray:
    """Return `X` (m, n) with a column of ones before it (m, n + 1), for the intercept.

    Examples
    --------
    >>> with_ones([[2, 3], [4, 5]])
    array([[1., 2., 3.],
           [1., 4., 5.]])
    """
    table = as_array(X, "X", ndim=2)
    return np.column_stack([np.ones(len(table)), table])
