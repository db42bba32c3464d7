"""The explorable Threshold: one cut on a score, and the ROC curve that it traces.

Scores of background are normal with mean 0, those of signal normal with mean d, both with standard
deviation 1. The true ROC curve is then TPR = Φ(d + Φ⁻¹(FPR)), and the true AUC Φ(d/√2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from course.explore.base.controls import Control, Slider, Timeline
from course.explore.base.explorable import Explorable
from course.explore.base.frame import Frame
from course.explore.base.picture import Axis, Band, Curve, Marker, Panel, Path, Rule
from course.explore.base.student import StudentMistakeError, call_student, written_or_none
from course.explore.base.sums import Arithmetic, Pick, Sum, Term, number
from course.models import roc_curve as roc_curve

EVENTS = 100_000
OWN_EVENTS = 2_000
"""Number of events with a student's own function, called for every position of the threshold."""

LOW, HIGH, POSITIONS = -4.0, 7.0, 221
_BINS = np.linspace(LOW, HIGH, 56)
LEAST_BACKGROUND = 10
"""The gain is not drawn for fewer background events, since b would be too uncertain."""


@dataclass(frozen=True)
class State:
    """The values of Threshold's sliders."""

    threshold: float = 1.5
    separation: float = 1.5
    signal_share: float = 0.1


@dataclass(frozen=True)
class _Sample:
    """Everything at one separation and one signal share, for all positions of the threshold.

    `counts` (221, 4) holds TP, FP, FN, TN; `background` holds read-only arrays for the panels.
    """

    counts: np.ndarray
    background: dict[str, np.ndarray]
    area: float
    mistake: str


class Threshold(Explorable):
    """Two histograms of scores, a threshold, and its point on the ROC curve.

    Parameters
    ----------
    counts_at
        Your own ``counts_at(y, score, threshold) -> (tp, fp, fn, tn)``, used for everything but
        the histograms once it is written.
    **state
        Initial values of the sliders.

    Raises
    ------
    ValueError
        If an entry of the state is unknown or out of range.
    """

    name = "threshold"
    title = "Threshold: where do you cut?"
    about = (
        "Each event has a score. Those at or above the threshold are called signal. Drag the "
        "dotted line, or play: the point on the ROC curve moves with it, and leaves a trail."
    )
    state_class = State
    timeline = Timeline("position", POSITIONS - 1, seconds=6, drives="threshold")
    readout = (
        "TP = {tp}, FN = {fn}, FP = {fp}, TN = {tn}   ·   "
        "precision = {precision}, accuracy = {accuracy}, s/√b = {significance}"
    )
    presets: Mapping[str, Mapping[str, Any]] = {
        "even": {"signal_share": 0.5},
        "rare signal": {"signal_share": 0.002},
        "no separation": {"separation": 0.0},
        "nearly perfect": {"separation": 3.0},
    }

    def __init__(self, *, counts_at: Callable[..., Any] | None = None, **state: Any) -> None:
        self.counts_at, self.note = written_or_none(counts_at)
        self.events = OWN_EVENTS if self.counts_at else EVENTS
        rng = np.random.default_rng(5)
        self._normal = rng.standard_normal((2, self.events))
        # One prefetch takes 31 + 25 samples, each met at every position of the threshold.
        self._sample = lru_cache(maxsize=128)(self._draw)
        super().__init__(**state)

    def make_controls(self) -> Sequence[Control]:
        """Return the sliders for the threshold, the separation and the share of signal."""
        ahead = self.counts_at is None
        return (
            Slider(
                key="threshold", name="threshold", symbol="t", low=LOW, high=HIGH, steps=POSITIONS,
                carried=45,
            ),
            Slider(
                key="separation", name="separation", symbol="d", high=3, steps=31, carried=7,
                swept=ahead,
            ),
            Slider(
                key="signal_share", name="share of signal", symbol="π", low=0.001, high=0.5,
                steps=25, log=True, carried=5, swept=ahead,
            ),
        )  # fmt: skip

    def make_panels(self) -> Sequence[Panel]:
        """Return the histograms, the ROC curve, and the gain in s/√b against the threshold."""
        rule = Rule("threshold", cuts="x", sets=("threshold",))
        return (
            Panel(
                "Scores",
                Axis("score", LOW, HIGH),
                Axis("events in each bin", 0.7, self.events / 8, log=True),
                [
                    Band("edges", "floor", "background", colour="class0", label="background"),
                    Band("edges", "floor", "signal", colour="class1", label="signal", dash=True),
                    rule,
                ],
            ),
            Panel(
                "ROC curve",
                Axis("false positive rate", -0.03, 1.03),
                Axis("true positive rate", -0.03, 1.03),
                [
                    Curve("chance", "chance", colour="frame", dash=True, label="guessing"),
                    Path("fpr", "tpr", label="trail", head=False),
                    Marker("here", "diamond", colour="threshold", label="cut"),
                ],
                explained="point",
            ),
            Panel(
                "Gain in s/√b by the cut",
                Axis("threshold", LOW, HIGH),
                Axis("s/√b, over that without a cut", 0.1, 30, log=True),
                [
                    Path("thresholds", "gain", label="TPR/√FPR"),
                    Rule("no_gain", label="no cut"),
                    rule,
                ],
            ),
        )

    def compute(self, state: State) -> Frame:
        """Return the histograms, the whole curve, and the counts at the threshold."""
        sample = self._sample(state.separation, state.signal_share)
        place = (state.threshold - LOW) / (HIGH - LOW) * (POSITIONS - 1)
        tp, fp, fn, tn = sample.counts[round(place)]
        signal, background = max(tp + fn, 1), max(fp + tn, 1)
        scalars = {
            "threshold": state.threshold,
            "no_gain": 1.0,
            "tp": tp,
            "fp": fp,
            "fn": fn,
            "tn": tn,
            "tpr": tp / signal,
            "fpr": fp / background,
            "precision": tp / (tp + fp) if tp + fp else np.nan,
            "accuracy": (tp + tn) / (signal + background),
            "significance": tp / np.sqrt(fp) if fp >= LEAST_BACKGROUND else np.nan,
        }
        arrays = {**sample.background, "here": np.array([fp / background, tp / signal])}
        summary = sample.mistake or self.note + self._summary(state, sample, scalars)
        return Frame(arrays, summary, scalars)

    def arithmetic(self, state: State, frame: Frame, pick: Pick) -> Arithmetic:
        """Return the counts behind a point of the curve, bin by bin, and what follows from them."""
        sample = self._sample(state.separation, state.signal_share)
        curve = np.stack([sample.background["fpr"], sample.background["tpr"]], axis=1)
        here = round((state.threshold - LOW) / (HIGH - LOW) * (POSITIONS - 1))
        away = np.linalg.norm(curve - [pick.x, pick.y], axis=1)
        row = here if away[here] <= away.min() + 1e-9 else int(away.argmin())
        threshold = round(LOW + row * (HIGH - LOW) / (POSITIONS - 1), 6)
        signal, background = self._scores(state.separation, state.signal_share)
        tp, fp, fn, tn = (float(count) for count in sample.counts[row])
        rates = (
            f"TPR = TP / (TP + FN) = {tp:,.0f} / {tp + fn:,.0f} = {number(tp / (tp + fn))}",
            f"FPR = FP / (FP + TN) = {fp:,.0f} / {fp + tn:,.0f} = {number(fp / (fp + tn))}",
        )
        ratio = np.exp(state.separation * threshold - state.separation**2 / 2)
        kept, everything = tp + fp, tp + fp + fn + tn
        precision = f"TP / (TP + FP) = {number(tp / kept)}" if kept else "undefined: nothing passes"
        follows = (
            *rates,
            f"precision = {precision}",
            f"accuracy = (TP + TN) / all = {number((tp + tn) / everything)}",
            "derivative of the curve, dTPR/dFPR: the ratio of the two densities at t, "
            f"e^(d t − d²/2) = {number(ratio)}",
        )
        counted = [
            self._count_sum("TP, signal kept", "TP", signal, threshold, tp, rates[0]),
            self._count_sum("FP, background kept", "FP", background, threshold, fp, rates[1]),
        ]
        title = f"The point of the ROC curve at t = {number(threshold)}"
        return Arithmetic(title, [*counted, Sum("What follows", "", (), "", follows)])

    def _count_sum(
        self, name: str, short: str, scores: np.ndarray, threshold: float, counted: float, rate: str
    ) -> Sum:
        """Return a count of events at or above the threshold, bin by bin of the histogram."""
        edges = np.concatenate([[threshold], _BINS[threshold < _BINS], [np.inf]])
        above = len(scores) - np.searchsorted(scores, edges)
        counts = (above[:-1] - above[1:]).tolist()
        terms = [
            Term(f"score {number(a)} {f'to {number(b)}' if np.isfinite(b) else 'and more'}", count)
            for a, b, count in zip(edges[:-1], edges[1:], counts, strict=True)
            if count
        ]
        terms = terms or [Term("no event is as high", 0.0)]
        then = [rate]
        if self.counts_at and counted != above[0]:
            then.insert(0, f"your counts_at gives {number(counted, 6)}")
        return Sum(name, "events in the bins at and above t", terms, short, then)

    def _scores(self, separation: float, share: float) -> tuple[np.ndarray, np.ndarray]:
        """Return the scores of signal and of background, sorted."""
        n1 = max(round(share * self.events), 1)
        return np.sort(self._normal[1, :n1] + separation), np.sort(self._normal[0, n1:])

    def _draw(self, separation: float, share: float) -> _Sample:
        """Draw the sample at a separation and a share of signal; count at all thresholds."""
        signal, background = self._scores(separation, share)
        thresholds = np.round(np.linspace(LOW, HIGH, POSITIONS), 6)
        counts, mistake = self._counts(signal, background, thresholds)
        tp, fp, fn, tn = counts.T
        with np.errstate(divide="ignore", invalid="ignore"):
            tpr, fpr = tp / (tp + fn), fp / (fp + tn)
            gain = np.where(fp >= LEAST_BACKGROUND, tpr / np.sqrt(fpr), np.nan)
        drawn = {
            "edges": np.repeat(_BINS, 2)[1:-1],
            "floor": np.full(110, 0.01),
            "signal": np.repeat(np.maximum(np.histogram(signal, _BINS)[0], 0.01), 2),
            "background": np.repeat(np.maximum(np.histogram(background, _BINS)[0], 0.01), 2),
            "chance": np.array([0.0, 1.0]),
            "thresholds": thresholds,
            "fpr": fpr,
            "tpr": tpr,
            "gain": gain,
        }
        kept = {name: values.astype(np.float32) for name, values in drawn.items()}
        for values in kept.values():
            values.flags.writeable = False
        return _Sample(counts, kept, roc_curve.area(signal, background), mistake)

    def _counts(
        self, signal: np.ndarray, background: np.ndarray, thresholds: np.ndarray
    ) -> tuple[np.ndarray, str]:
        """Return the four counts at every threshold (221, 4), and what a student did wrong."""
        if self.counts_at is None:
            tp, fp = (
                len(scores) - np.searchsorted(scores, thresholds) for scores in (signal, background)
            )
            return np.stack([tp, fp, len(signal) - tp, len(background) - fp], axis=1), ""
        y = np.repeat([1, 0], [len(signal), len(background)])
        score = np.concatenate([signal, background])
        counts = np.full((len(thresholds), 4), np.nan)
        try:
            for row, t in enumerate(thresholds):
                counts[row] = call_student(self.counts_at, y, score, float(t), shape=(4,))
        except StudentMistakeError as wrong:
            return counts, str(wrong)
        return counts, ""

    def _summary(self, state: State, sample: _Sample, now: dict[str, float]) -> str:
        text = (
            f"At t = {state.threshold:.2f} the cut keeps {100 * now['tpr']:.3g} % of the signal "
            f"and {100 * now['fpr']:.3g} % of the background"
        )
        if now["tp"] + now["fp"] == 0:
            text += ": nothing passes."
        else:
            text += f"; {100 * now['precision']:.3g} % of what is kept is signal."
        return f"{text} AUC = {sample.area:.3f}; up to chance, the share of signal leaves it."
