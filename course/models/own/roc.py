"""Unit 05: counts, curves, areas and cuts."""

import numpy as np

from course.models import roc_curve as reference
from course.models.own.stand_in import stand_in


@stand_in
def counts_at(y: np.ndarray, score: np.ndarray, threshold: float) -> tuple[int, int, int, int]:
    """Return tp, fp, fn, tn."""
    truth, passed = np.asarray(y) == 1, np.asarray(score) >= threshold
    table = np.bincount(2 * truth + passed, minlength=4)  # tn, fp, fn, tp
    return int(table[3]), int(table[1]), int(table[2]), int(table[0])


@stand_in
def roc_curve(y: np.ndarray, score: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return fpr, tpr and thresholds."""
    return reference.curve(np.asarray(y), np.asarray(score, dtype=float))


@stand_in
def auc(fpr: np.ndarray, tpr: np.ndarray) -> float:
    """Return the area under a curve."""
    widths, heights = np.diff(fpr), np.asarray(tpr)
    return float(np.abs(widths @ (heights[1:] + heights[:-1])) / 2)


@stand_in
def auc_rank(y: np.ndarray, score: np.ndarray) -> float:
    """Return the chance that signal outscores background."""
    truth, f = np.asarray(y) == 1, np.asarray(score, dtype=float)
    return reference.area(f[truth], f[~truth])


@stand_in
def precision_recall(y: np.ndarray, score: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return precision, recall and thresholds."""
    truth = np.asarray(y)
    fpr, recall, thresholds = (part[1:] for part in roc_curve(truth, score))
    odds = fpr * np.mean(truth == 0) / (recall * np.mean(truth == 1) + 1e-300)
    return 1 / (1 + odds), recall, thresholds


@stand_in
def best_threshold(
    y: np.ndarray, score: np.ndarray, signal: float, background: float
) -> tuple[float, float]:
    """Return the cut with the largest s/√b that ten of background pass, and that s/√b."""
    fpr, tpr, thresholds = roc_curve(y, score)
    passed = np.rint(fpr * np.count_nonzero(np.asarray(y) == 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = np.where(passed < 10, -np.inf, tpr / np.sqrt(fpr))
    place = int(gain.argmax())
    return float(thresholds[place]), float(gain[place] * signal / np.sqrt(background))


@stand_in
def bootstrap_auc(
    y: np.ndarray, score: np.ndarray, n: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Return the central 95 % bootstrap interval of the AUC."""
    truth, f = np.asarray(y), np.asarray(score)
    found: list[float] = []
    while len(found) < n:
        drawn = rng.choice(len(truth), len(truth))
        if np.ptp(truth[drawn]):
            found.append(auc_rank(truth[drawn], f[drawn]))
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


@stand_in
def worst_group_tpr(
    y: np.ndarray, score: np.ndarray, group: np.ndarray, threshold: float
) -> tuple[float, int]:
    """Return the smallest true positive rate of any group, and the group."""
    signal = np.asarray(y) == 1
    names, member = np.unique(np.asarray(group)[signal], return_inverse=True)
    rates = np.bincount(member, np.asarray(score)[signal] >= threshold) / np.bincount(member)
    return float(rates.min()), int(names[rates.argmin()])
