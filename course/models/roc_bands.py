"""Bootstrap bands for several ROC curves of the same events, such as one for each epoch."""

from dataclasses import dataclass

import numpy as np

DRAWS = 80
GRID = np.geomspace(1e-3, 1, 91)
"""False positive rates at which curves are evaluated; working points are at small rates."""


@dataclass(frozen=True)
class Bands:
    """ROC curves with 95 % bootstrap bands, one row per curve.

    Attributes
    ----------
    grid : (g,) array
        False positive rates.
    tpr, low, high : (c, g) arrays
        The curve itself, and the quantiles at 2.5 % and 97.5 % over draws of the events.
    areas : (c, 3) array
        Lower end, value and upper end of each AUC.
    """

    grid: np.ndarray
    tpr: np.ndarray
    low: np.ndarray
    high: np.ndarray
    areas: np.ndarray


def bands(y: np.ndarray, scores: np.ndarray, seed: int = 0) -> Bands:
    """Return the ROC curves of several scores of the same events.

    All curves use the same bootstrap draws of events, so that they can be compared.

    Parameters
    ----------
    y : (m,) array of int
        1 for signal, 0 for background; many of each.
    scores : (c, m) array
        One row for each curve.
    seed : int
    """
    m = len(y)
    rng = np.random.default_rng(seed)
    weights = np.vstack([np.ones(m), rng.multinomial(m, np.full(m, 1 / m), size=DRAWS)])
    curves = np.array([_curves(y, score, weights) for score in scores])
    rates, areas = curves[..., :-1], curves[..., -1]
    low, high = np.quantile(rates[:, 1:], [0.025, 0.975], axis=1)
    ends = np.quantile(areas[:, 1:], [0.025, 0.975], axis=1)
    return Bands(GRID, rates[:, 0], low, high, np.stack([ends[0], areas[:, 0], ends[1]], axis=1))


def _curves(y: np.ndarray, score: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return for each row of weights (d, m) the TPR on the grid and the AUC, (d, g + 1)."""
    order = np.argsort(-score, kind="stable")
    falling = score[order]
    last = np.append(falling[1:] != falling[:-1], True)
    passed = weights[:, order]
    signal = np.cumsum(passed * y[order], axis=1)[:, last]
    background = np.cumsum(passed, axis=1)[:, last] - signal
    start = np.zeros((len(weights), 1))
    tpr = np.hstack([start, signal / signal[:, -1:]])
    fpr = np.hstack([start, background / background[:, -1:]])
    area = np.trapezoid(tpr, fpr, axis=1)
    # At a vertical rise the value of the curve is the highest TPR.
    tpr_on_grid = [
        np.where(GRID >= 1, 1.0, np.interp(GRID + 1e-12, x, h))
        for x, h in zip(fpr, tpr, strict=True)
    ]
    return np.column_stack([tpr_on_grid, area])
