"""Validation of labelled scores and of ROC curves."""

import numpy as np
from numpy.typing import ArrayLike

from course.validation.arrays import as_array


def as_scored(y: ArrayLike, score: ArrayLike, both: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Return labels and scores as new arrays.

    Parameters
    ----------
    y : array_like, (m,)
        Labels: 1 for signal, 0 for background.
    score : array_like, (m,)
        The classifier's output, one number for each event; the larger, the more like signal.
    both : bool
        Whether there must be at least one event of each class.

    Returns
    -------
    y : (m,) array of int
    score : (m,) array of float

    Raises
    ------
    ValueError
        If a score is NaN or infinite, a label is neither 0 nor 1, the lengths differ, there is no
        event, or `both` is set and there is only one class.
    """
    labels, scores = as_binary_labels(y), as_array(score, "score", ndim=1)
    if labels.shape != scores.shape:
        raise ValueError(
            f"y has shape {labels.shape} and score has shape {scores.shape}: "
            "expected one label for each score"
        )
    signal = int(labels.sum())
    if both and signal in (0, len(labels)):
        kind = "signal (1)" if signal else "background (0)"
        raise ValueError(
            f"all {len(labels)} labels are {kind}; expected at least one event of each class"
        )
    return labels, scores


def as_binary_labels(y: ArrayLike) -> np.ndarray:
    """Return labels as a new array (m,) of int.

    Raises
    ------
    ValueError
        If one is neither 0 nor 1, or there is none.
    """
    labels = as_array(y, "y", ndim=1)
    strange = labels[(labels != 0) & (labels != 1)]
    if strange.size:
        few = ", ".join(f"{value:g}" for value in np.unique(strange)[:3])
        raise ValueError(f"y holds {few}; expected labels 0 (background) and 1 (signal) only")
    return labels.astype(int)


def as_groups(group: ArrayLike, y: np.ndarray) -> np.ndarray:
    """Return `group` as a new array of whole numbers, one for each label of `y`.

    Raises
    ------
    ValueError
        If the lengths differ or a group is not a whole number.
    """
    groups = as_array(group, "group", ndim=1)
    if groups.shape != y.shape:
        raise ValueError(
            f"y has shape {y.shape} and group has shape {groups.shape}: "
            "expected one group for each event"
        )
    if (groups != np.floor(groups)).any():
        raise ValueError("group holds numbers that are not whole; expected a number for each group")
    return groups.astype(int)


def as_curve(fpr: ArrayLike, tpr: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return the points of a ROC curve as two new arrays (k,).

    Raises
    ------
    ValueError
        If there are fewer than two points, the lengths differ, a rate is outside [0, 1], or `fpr`
        is not monotonic along the curve.
    """
    x, y = as_array(fpr, "fpr", ndim=1), as_array(tpr, "tpr", ndim=1)
    if x.shape != y.shape:
        raise ValueError(
            f"fpr has shape {x.shape} and tpr has shape {y.shape}: expected points of one curve"
        )
    if len(x) < 2:
        raise ValueError("the curve has 1 point; expected at least 2")
    for name, rate in (("fpr", x), ("tpr", y)):
        if rate.min() < 0 or rate.max() > 1:
            raise ValueError(
                f"{name} runs from {rate.min():g} to {rate.max():g}; expected rates in [0, 1]"
            )
    steps = np.diff(x)
    if (steps < 0).any() and (steps > 0).any():
        raise ValueError("fpr goes up and down; expected the points in order along the curve")
    return x, y


def require_background(y: np.ndarray, least: int) -> None:
    """Raise ValueError unless labels `y` hold at least `least` background events."""
    count = int((y == 0).sum())
    if count < least:
        raise ValueError(f"the sample has {count} background events; expected at least {least}")


def require_cut(threshold: float) -> None:
    """Raise ValueError unless `threshold` is a single number; infinite ones are allowed."""
    if np.ndim(threshold) or isinstance(threshold, str) or threshold is None:
        raise ValueError(f"threshold is {threshold!r}; expected a single number")
    if np.isnan(threshold):
        raise ValueError("threshold is NaN; expected a number")
