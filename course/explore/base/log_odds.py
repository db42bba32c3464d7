"""Probabilities as bytes that keep their log-odds."""

from __future__ import annotations

import numpy as np

SOFT, MAX_Z = 0.002, 16.0
"""`code_log_odds` is linear up to about `SOFT`, and reaches `MAX_Z`."""


def code_log_odds(p: np.ndarray) -> np.ndarray:
    """Return probabilities as bytes that keep their log-odds z = ln(p/(1 − p)) to some per cent.

    With 256 levels of p itself, the line p = ½ of a network that is nowhere sure is a staircase.
    Bytes travel four times faster than floats. What is not a number becomes one half.

    Returns
    -------
    codes : uint8 array
        127.5 (1 + asinh(z/SOFT) / asinh(MAX_Z/SOFT)), rounded.
    """
    least = 1 / (1 + np.exp(MAX_Z))
    inside = np.clip(np.nan_to_num(np.asarray(p, dtype=float), nan=0.5), least, 1 - least)
    z = np.log(inside) - np.log1p(-inside)
    return np.rint(127.5 * (1 + np.arcsinh(z / SOFT) / np.arcsinh(MAX_Z / SOFT))).astype(np.uint8)
