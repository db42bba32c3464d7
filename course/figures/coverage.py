"""How often an interval for the AUC covers the truth, in an experiment where the truth is known."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from course.colours import OKABE_ITO
from course.validation.arrays import require_whole

SEPARATION = 1.0
"""How far the normal scores of signal lie above those of background, in standard deviations."""

WIDTH, HEIGHT, MARGIN = 640, 220, 44


@dataclass(frozen=True, repr=False)
class Coverage:
    """Many intervals for one true AUC.

    Attributes
    ----------
    low, high : (trials,) arrays
    truth : float
    """

    low: np.ndarray
    high: np.ndarray
    truth: float

    @property
    def covers(self) -> np.ndarray:
        """Whether each interval holds the truth, (trials,) booleans."""
        return (self.low <= self.truth) & (self.truth <= self.high)

    @property
    def share(self) -> float:
        """The share of intervals that hold the truth."""
        return float(self.covers.mean())

    def __repr__(self) -> str:
        below, above = int((self.high < self.truth).sum()), int((self.low > self.truth).sum())
        return (
            f"{int(self.covers.sum())} of {len(self.low)} intervals cover the true AUC "
            f"{self.truth:.4f}; {below} lie below it, {above} above. Mean width "
            f"{float((self.high - self.low).mean()):.3f}."
        )

    def _repr_html_(self) -> str:
        ends = np.concatenate([self.low, self.high])
        bottom, top = min(0.5, ends.min()), 1.0
        up = lambda a: HEIGHT - 12 - (a - bottom) / (top - bottom) * (HEIGHT - 24)  # noqa: E731
        step = (WIDTH - MARGIN - 8) / len(self.low)
        bars = []
        for i, covers in enumerate(self.covers):
            x = MARGIN + (i + 0.5) * step
            look = (
                f'stroke="{OKABE_ITO["blue"]}" stroke-width="1.5"'
                if covers
                else f'stroke="{OKABE_ITO["vermilion"]}" stroke-width="4"'
            )
            span = f'y1="{up(self.low[i]):.1f}" y2="{up(self.high[i]):.1f}"'
            bars.append(f'<line x1="{x:.1f}" x2="{x:.1f}" {span} {look}/>')
        ticks = "".join(
            f'<text x="{MARGIN - 8}" y="{up(a) + 5:.1f}" text-anchor="end" '
            f'fill="currentColor">{a:.1f}</text>'
            for a in np.arange(np.ceil(10 * bottom), 11) / 10
        )
        description = html.escape(repr(self))
        return (
            f'<svg role="img" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" '
            f'style="max-width:{WIDTH}px;font:14px sans-serif"><title>{description}</title>{ticks}'
            f'<line x1="{MARGIN}" x2="{WIDTH - 8}" y1="{up(self.truth):.1f}" '
            f'y2="{up(self.truth):.1f}" stroke="currentColor" stroke-dasharray="6 4"/>'
            f"{''.join(bars)}</svg><p>{description} Each bar is one interval; thick bars miss the "
            "dashed line.</p>"
        )


def binormal(events: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw labels and scores, `events` of each class, with normal scores `SEPARATION` apart."""
    y = np.repeat([1, 0], events)
    return y, rng.standard_normal(2 * events) + SEPARATION * y


def coverage(interval: Callable[..., Any], trials: int, events: int, n: int, seed: int) -> Coverage:
    """Simulate `trials` experiments with `events` of each class, and compute an interval for each.

    Parameters
    ----------
    interval : callable
        ``interval(y, score, n, rng) -> (low, high)``, as `bootstrap_auc` is.
    trials, events, n, seed : int

    Raises
    ------
    ValueError
        If a number is not an integer or below 1 (the seed: below 0), or an interval is not a pair
        of numbers in rising order.
    """
    require_whole(least=1, trials=trials, events=events, n=n)
    require_whole(seed=seed)
    truth = NormalDist().cdf(SEPARATION / np.sqrt(2))
    pairs = []
    for child in np.random.SeedSequence(seed).spawn(trials):
        rng = np.random.default_rng(child)
        y, score = binormal(events, rng)
        pairs.append(_ends(interval(y, score, n, rng)))
    low, high = np.array(pairs).T
    return Coverage(low, high, truth)


def _ends(given: Any) -> tuple[float, float]:
    """Return the two ends of an interval, or raise ValueError if it is not one."""
    if np.shape(given) != (2,):
        raise ValueError(f"the interval is {given!r}; expected two numbers, low and high")
    low, high = float(given[0]), float(given[1])
    if not low <= high:
        raise ValueError(f"the interval runs from {low:g} to {high:g}; expected low before high")
    return low, high
