"""How often an interval for the AUC covers the truth, in an experiment where the truth is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
from IPython.display import display

from course.colours import BOTH, OKABE_ITO, rgb
from course.figures.figure import Description, figure, titles
from course.validation.arrays import require_whole

if TYPE_CHECKING:
    from course.figures.plotly_figure import Figure

SEPARATION = 1.0
"""How far the normal scores of signal lie above those of background, in standard deviations."""


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

    def figure(self) -> Figure | Description:
        """Return a figure with a bar for each interval; those that miss are thick and crossed."""
        traces = [
            self._bars("covers the truth", self.covers, "circle", 1.5, OKABE_ITO["blue"]),
            self._bars("misses it", ~self.covers, "x", 4, OKABE_ITO["vermilion"]),
        ]
        truth = {
            "type": "line",
            "x0": -1,
            "x1": len(self.low),
            "line": {"dash": "dash", "color": rgb(BOTH)},
        }
        words = f"{self!r} Each bar is one interval; the dashed line is the truth."
        return figure(
            words,
            traces,
            **titles("experiment", "AUC"),
            shapes=[{**truth, "y0": self.truth, "y1": self.truth}],
            legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
        )

    def _bars(
        self, name: str, which: np.ndarray, symbol: str, width: float, colour: str
    ) -> dict[str, Any]:
        middle, half = (self.low + self.high) / 2, (self.high - self.low) / 2
        ends = np.stack([self.low, self.high], axis=-1)[which]
        return {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": np.flatnonzero(which),
            "y": middle[which],
            "marker": {"symbol": symbol, "size": 7, "color": rgb(colour)},
            "error_y": {"array": half[which], "thickness": width, "width": 0},
            "customdata": ends,
            "hovertemplate": "experiment %{x}: %{customdata[0]:.3f} to %{customdata[1]:.3f}"
            "<extra></extra>",
        }

    def _ipython_display_(self) -> None:
        """Show the figure, which says in words what the intervals do; graded, the words alone."""
        display(self.figure())


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
