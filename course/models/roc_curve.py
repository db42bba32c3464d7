"""The course's own ROC curve, fast enough to draw while you drag.

Exercises ask for yours instead: a notebook may not call it (see `course.notebook_guard`).
"""

import numpy as np

from course.notebook_guard import library_only


@library_only
def curve(y: np.ndarray, score: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the ROC curve with one point for each distinct score.

    Parameters
    ----------
    y : (m,) array of int
        1 for signal, 0 for background; at least one of each.
    score : (m,) array of float
        Finite; an event passes a threshold when its score is not below it.

    Returns
    -------
    fpr, tpr : (k + 1,) arrays
        Rising from (0, 0) to (1, 1), for k distinct scores.
    thresholds : (k + 1,) array
        Falling; the first is infinite.
    """
    falling = np.sort(score)[::-1]
    last = np.flatnonzero(np.append(falling[1:] != falling[:-1], True))
    signal = np.sort(score[y == 1])
    thresholds = falling[last]
    # Sorting values is several times faster than sorting indices, and two sorted arrays merge fast.
    true = len(signal) - np.searchsorted(signal, thresholds, side="left")
    passed = last + 1
    tpr = np.append(0.0, true / len(signal))
    fpr = np.append(0.0, (passed - true) / (len(y) - len(signal)))
    return fpr, tpr, np.append(np.inf, thresholds)


@library_only
def area(signal: np.ndarray, background: np.ndarray) -> float:
    """Return the chance that a signal score beats a background score; ties count one half."""
    rising = np.sort(background)
    ordered = np.sort(signal)
    below = np.searchsorted(rising, ordered, side="left").sum(dtype=float)
    not_above = np.searchsorted(rising, ordered, side="right").sum(dtype=float)
    return float((below + not_above) / 2 / (len(signal) * len(background)))
