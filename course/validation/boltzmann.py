"""Validation of spins, couplings and Boltzmann machines."""

import numpy as np
from numpy.typing import ArrayLike

from course.validation.arrays import as_array, require_whole

MOST_UNITS = 20
"""The largest number of units whose states are enumerated: 2²⁰ is a million."""


def as_spins(values: ArrayLike, name: str, ndim: int = 1) -> np.ndarray:
    """Return spins as a new float array.

    Raises
    ------
    ValueError
        If an entry is neither −1 nor +1, rows differ in length, or there is none.
    """
    return _as_units(values, name, ndim, (-1.0, 1.0), "spins −1 and +1")


def as_bits(values: ArrayLike, name: str, ndim: int = 2) -> np.ndarray:
    """Return units of an RBM as a new float array.

    Raises
    ------
    ValueError
        If an entry is neither 0 nor 1, rows differ in length, or there is none.
    """
    return _as_units(values, name, ndim, (0.0, 1.0), "units 0 and 1")


def _as_units(
    values: ArrayLike, name: str, ndim: int, alphabet: tuple[float, float], wanted: str
) -> np.ndarray:
    units = as_array(values, name, ndim=ndim)
    low, high = alphabet
    strange = (units != low) & (units != high)
    if strange.any():
        few = ", ".join(f"{value:g}" for value in np.unique(units[strange])[:3])
        raise ValueError(f"{name} holds {few}; expected {wanted} only")
    return units


def as_hopfield(W: ArrayLike, theta: ArrayLike, s: ArrayLike | None = None) -> list[np.ndarray]:
    """Return couplings `W` (N, N), thresholds `theta` (N,) and, if given, spins `s` (N,).

    Raises
    ------
    ValueError
        If W is not square or not symmetric, or its diagonal is not 0; if theta or s does not have
        one entry for each unit; if s holds values other than −1 and +1.
    """
    couplings, thresholds = as_array(W, "W", ndim=2), as_array(theta, "theta", ndim=1)
    size = couplings.shape[0]
    if couplings.shape != (size, size):
        raise ValueError(f"W has shape {couplings.shape}; expected as many rows as columns")
    gap = np.abs(couplings - couplings.T)
    if gap.max() > 1e-9 * max(1.0, np.abs(couplings).max()):
        i, j = (int(k) for k in np.unravel_index(gap.argmax(), gap.shape))
        raise ValueError(
            f"W[{i}, {j}] is {couplings[i, j]:g} but W[{j}, {i}] is {couplings[j, i]:g}; "
            "expected a symmetric W"
        )
    if np.diag(couplings).any():
        i = int(np.abs(np.diag(couplings)).argmax())
        raise ValueError(f"W[{i}, {i}] is {couplings[i, i]:g}; expected 0 all along the diagonal")
    arrays = [couplings, thresholds]
    if s is not None:
        arrays.append(as_spins(s, "s"))
    for name, array in zip(("theta", "s"), arrays[1:], strict=False):
        if array.shape != (size,):
            raise ValueError(
                f"W has shape {couplings.shape} and {name} has shape {array.shape}: "
                f"expected one entry of {name} for each unit"
            )
    return arrays


def as_rbm(
    W: ArrayLike,
    a: ArrayLike | None = None,
    b: ArrayLike | None = None,
    v: ArrayLike | None = None,
    h: ArrayLike | None = None,
) -> list[np.ndarray]:
    """Return the weights `W` (n_v, n_h) and the other given parts of an RBM, in this order.

    The biases are `a` (n_v,) and `b` (n_h,); `v` (m, n_v) and `h` (m, n_h) are units 0 and 1, one
    row for each sample.

    Raises
    ------
    ValueError
        If two shapes disagree, or a unit is neither 0 nor 1.
    """
    weights = as_array(W, "W", ndim=2)
    arrays = [weights]
    for name, values, side, axis in (
        ("a", a, "visible", 0), ("b", b, "hidden", 1), ("v", v, "visible", 0), ("h", h, "hidden", 1)
    ):  # fmt: skip
        if values is None:
            continue
        array = as_array(values, name, ndim=1) if name in "ab" else as_bits(values, name)
        if array.shape[-1] != weights.shape[axis]:
            raise ValueError(
                f"W has shape {weights.shape} and {name} has shape {array.shape}: "
                f"expected {weights.shape[axis]} {side} units"
            )
        arrays.append(array)
    if v is not None and h is not None and len(arrays[-1]) != len(arrays[-2]):
        raise ValueError(
            f"v has shape {arrays[-2].shape} and h has shape {arrays[-1].shape}: "
            "expected as many rows"
        )
    return arrays


def require_few_units(W: np.ndarray) -> None:
    """Raise ValueError if there are too many units to enumerate their states."""
    if len(W) > MOST_UNITS:
        raise ValueError(
            f"W has {len(W)} units, which have 2**{len(W)} states; expected at most {MOST_UNITS}"
        )


def require_training(V: np.ndarray, n_hidden: int, epochs: int, batch_size: int, k: int) -> None:
    """Raise ValueError unless the numbers that set a training run are whole and in range."""
    require_whole(least=1, n_hidden=n_hidden, k=k)
    require_whole(epochs=epochs)
    require_whole(least=1, most=len(V), batch_size=batch_size)
