"""Probes of unit 05: counts, curves, areas and cuts."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from course.checks.check import exercise
from course.checks.observation import Observation, call, call_again, invariant, refuses
from course.checks.timing import is_faster, processor_time

UNIT = "05_roc"

QUICK, LONG = 2_000, 14_000
"""Numbers of scores to time a curve of: the first rejects the slowest answers early."""

SLOWER = 80
"""How many times the processor time of a sort in pure Python a curve may take. A walk in a Python
loop takes 17 times as long, a comparison of each score with all others 400 times."""

COUNTS = ("TP", "FP", "FN", "TN")


def _draw_scores(
    rng: np.random.Generator, signal: int, background: int, ties: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Draw labels in random order and scores that are correlated with them."""
    y = rng.permutation(np.repeat([1, 0], [signal, background]))
    score = rng.normal(size=len(y)) + y
    return y, np.round(2 * score) if ties else score


def refuses_bad_scores(
    function: Callable, *rest: object, background: int = 0
) -> Iterator[Observation]:
    """Observe that labels and scores that do not fit are refused, with more background events."""
    for because, y, score in (
        ("y and score have different lengths", [0, 1, 1], [0.2, 0.4]),
        ("a score is NaN", [0, 1, 1], [0.2, float("nan"), 0.1]),
        ("a label is neither 0 nor 1", [-1, 1, 1], [0.2, 0.4, 0.3]),
    ):
        more = [0] * background, [0.0] * background
        yield refuses(function, because, y + more[0], score + more[1], *rest)


def refuses_one_class(function: Callable, *rest: object) -> Iterator[Observation]:
    """Observe that a sample without signal is refused."""
    yield refuses(function, "there is no signal event", [0, 0], [0.2, 0.4], *rest)


@exercise()
def counts_at(counts_at: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the four counts, also for scores at the threshold and for a missing class."""
    y, score = _draw_scores(rng, 9, 5, ties=True)
    # Both classes have scores at the threshold, in different numbers.
    y, score = np.append(y, [1, 1, 0]), np.append(score, [1.0, 1.0, 1.0])
    yield call(counts_at, parts=COUNTS, y=y, score=score, threshold=1.0)
    y, score = _draw_scores(rng, 4, 11, ties=False)
    yield call(counts_at, parts=COUNTS, y=y, score=score, threshold=float(rng.uniform(0.2, 0.4)))
    other = {"y": rng.permutation(y), "score": rng.permutation(score), "threshold": 0.0}
    yield from call_again(counts_at, other, parts=COUNTS, y=y, score=score, threshold=0.5)
    yield call(counts_at, parts=COUNTS, y=y, score=score - 9, threshold=float("-inf"))
    yield call(counts_at, parts=COUNTS, y=y, score=score, threshold=float("inf"))
    yield call(counts_at, parts=COUNTS, y=[1, 0, 1, 0, 0], score=[3, 2, 1, 4, 1], threshold=2)
    yield call(counts_at, parts=COUNTS, y=[0, 0, 0], score=[0.1, 0.5, 0.9], threshold=0.3)
    yield call(counts_at, parts=COUNTS, y=[0, 0], score=[0.1, 0.2], threshold=0.9)
    yield from refuses_bad_scores(counts_at, 0.3)
    yield refuses(counts_at, "the threshold is NaN", [0, 1], [0.1, 0.2], float("nan"))


@exercise()
def roc_curve(roc_curve: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the points of the curve with and without ties, and the time it takes."""
    yield from _curves(roc_curve, rng, ("fpr", "tpr", "thresholds"))
    yield from refuses_bad_scores(roc_curve)
    yield from refuses_one_class(roc_curve)
    seed = int(rng.integers(2**32))
    yield invariant(
        f"{LONG:,} scores take about as long as one sort and a walk along the list",
        lambda: _is_fast(roc_curve, seed),
    )


def _curves(
    function: Callable, rng: np.random.Generator, parts: tuple[str, ...]
) -> Iterator[Observation]:
    for signal, background, ties in ((5, 4, False), (7, 12, True), (13, 4, True)):
        y, score = _draw_scores(rng, signal, background, ties)
        yield call(function, parts=parts, y=y, score=score)
    other = {"y": rng.permutation(y), "score": rng.permutation(score)}
    yield from call_again(function, other, parts=parts, y=y, score=score)
    yield call(function, parts=parts, y=[1, 0, 1, 0, 0], score=[3, 2, 2, 1, 3])
    yield call(function, parts=parts, y=[0, 1, 0], score=[7, 7, 7])
    # Close scores are not equal: a threshold can lie between them.
    yield call(
        function, parts=parts, y=[0, 1, 0, 1], score=[0.5, 0.5 + 3e-9, 0.5 + 2e-9, 0.5 + 1e-9]
    )


def _is_fast(function: Callable, seed: int) -> bool:
    """Tell whether a curve takes no longer than a few sorts, on a busy machine too."""
    y, score = _draw_scores(np.random.default_rng(seed), LONG // 2, LONG // 2, ties=False)
    pairs = list(zip(score.tolist(), y.tolist(), strict=True))
    limit = SLOWER * min(processor_time(sorted, pairs) for _ in range(5))
    return all(
        is_faster(function, limit, y[:size].copy(), score[:size].copy()) for size in (QUICK, LONG)
    )


@exercise()
def auc(auc: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the area under staircases and sloped curves, in either direction."""
    for k in (4, 9):
        fpr, tpr = (np.concatenate([[0], np.sort(rng.random(k)), [1]]) for _ in "xy")
        tpr = np.maximum(tpr, fpr) ** 0.7
        yield call(auc, fpr=fpr, tpr=tpr)
        yield call(auc, fpr=fpr[::-1].copy(), tpr=tpr[::-1].copy())
    yield call(auc, fpr=fpr, tpr=fpr**3)
    yield from call_again(auc, {"fpr": fpr**2, "tpr": tpr**2}, fpr=fpr, tpr=tpr)
    up = float(rng.uniform(0.1, 0.3))
    yield call(auc, fpr=[1, up, up, 0], tpr=[1, 0.9, 0.3, 0])
    yield call(auc, fpr=[0, 0, 0.25, 0.25, 1], tpr=[0, 0.5, 0.5, 1, 1])
    yield call(auc, fpr=[0, 1], tpr=[0, 1])
    yield call(auc, fpr=[1, 0], tpr=[1, 0])
    # Parts of curves, high and low: they begin and end in no corner.
    yield call(auc, fpr=[0.1, 0.3, 0.4], tpr=[0.5, 0.6, 0.9])
    yield call(auc, fpr=[0.9, 0.75, 0.5], tpr=[0.3, 0.2, 0.1])
    yield call(auc, fpr=[0.5, 0.75, 0.9], tpr=[0.1, 0.2, 0.3])
    # No ROC falls, but other curves do; sorted each for itself, rates are other points.
    yield call(auc, fpr=[0, 0.2, 0.6, 1], tpr=[0.1, 0.9, 0.4, 0.7])
    yield refuses(auc, "fpr and tpr have different lengths", [0, 1], [0, 0.5, 1])
    yield refuses(auc, "fpr goes up and down", [0, 0.6, 0.4, 1], [0, 0.5, 0.7, 1])
    yield refuses(auc, "there is one point only", [0.0], [0.0])
    yield refuses(auc, "a rate is above 1", [0, 1], [0, 1.5])


@exercise()
def auc_rank(auc_rank: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the probability that signal outscores background, with and without ties."""
    for signal, background, ties in ((6, 5, False), (9, 14, True), (15, 6, True)):
        y, score = _draw_scores(rng, signal, background, ties)
        yield call(auc_rank, y=y, score=score)
    yield call(auc_rank, y=y, score=-score)
    other = {"y": rng.permutation(y), "score": rng.permutation(score)}
    yield from call_again(auc_rank, other, y=y, score=score)
    yield call(auc_rank, y=[1, 0, 1, 0, 0], score=[3, 2, 2, 1, 3])
    yield call(auc_rank, y=[0, 1, 0], score=[7, 7, 7])
    yield from refuses_bad_scores(auc_rank)
    yield from refuses_one_class(auc_rank)


@exercise()
def precision_recall(precision_recall: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe precision and recall at every distinct score."""
    yield from _curves(precision_recall, rng, ("precision", "recall", "thresholds"))
    yield from refuses_bad_scores(precision_recall)
    yield from refuses_one_class(precision_recall)


@exercise()
def best_threshold(best_threshold: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the choice with few background events, and with two cuts that are equally good."""
    parts = ("threshold", "significance")
    for signal, background, ties in ((40, 60, False), (30, 90, True), (60, 25, False)):
        y, score = _draw_scores(rng, signal, background, ties)
        expected: dict[str, Any] = {
            "signal": float(rng.uniform(5, 50)),
            "background": float(rng.uniform(300, 3000)),
        }
        yield call(best_threshold, parts=parts, y=y, score=score + y, **expected)
    other = {"y": rng.permutation(y), "score": rng.permutation(score)}
    first = {"y": y, "score": score, **expected}
    yield from call_again(
        best_threshold, other | {"signal": 70.5, "background": 99.5}, parts=parts, **first
    )
    lists = {"y": y.tolist(), "score": score.tolist()}
    yield call(best_threshold, parts=parts, **lists, signal=2.5, background=15.5)
    # Signal all on top: without a minimum of background the best cut leaves none, or one.
    y, score = _draw_scores(rng, 20, 40, ties=False)
    yield call(best_threshold, parts=parts, y=y, score=score + 3 * y, signal=20.0, background=400.0)
    # Half of the signal with a quarter of the background, or all of both: equally good.
    y = np.repeat([1, 0, 1, 0], [2, 10, 2, 30])
    score = np.repeat([2.0, 1.0], [12, 32])
    order = rng.permutation(len(y))
    yield call(
        best_threshold, parts=parts, y=y[order], score=score[order], signal=10, background=100
    )
    # Best where exactly 10 background events pass; 77 · (10/77) is not 10 in a computer.
    for rest in (30, 67):
        y, score = np.repeat([1, 0, 1, 0], [6, 10, 2, rest]), np.repeat([2.0, 1.0], [16, 2 + rest])
        yield call(best_threshold, parts=parts, y=y, score=score, signal=10, background=100)
    bad = [0.1 * i for i in range(12)]
    yield refuses(best_threshold, "9 background events are too few", [1] * 3 + [0] * 9, bad, 1, 1)
    yield refuses(best_threshold, "signal is below 0", [1] + [0] * 11, bad, -1.0, 1.0)
    yield refuses(best_threshold, "background is 0", [1] + [0] * 11, bad, 1.0, 0.0)
    yield from refuses_bad_scores(best_threshold, 10.0, 100.0, background=12)


@exercise()
def worst_group_tpr(worst_group_tpr: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the worst group, also with a group without signal and with two equally bad ones."""
    seen = partial(call, worst_group_tpr, parts=("tpr", "group"))
    names = 3 + rng.choice(50, size=3, replace=False)
    for threshold in (0.0, 0.75):
        y, score = _draw_scores(rng, 24, 18, ties=True)
        group = rng.choice(names, size=len(y), p=(0.5, 0.3, 0.2))
        score = score - 3 * (group == names[1])
        yield seen(y=y, score=score, group=group, threshold=threshold)
    first: dict[str, Any] = {"y": y, "score": score, "group": group, "threshold": 0.0}
    other = {name: rng.permutation(first[name]) for name in ("y", "score", "group")}
    yield from call_again(
        worst_group_tpr, other | {"threshold": 1.0}, parts=("tpr", "group"), **first
    )
    # Group 14 has background only; 17 and 12 keep one signal event of two each; 19 has more events.
    y = np.array([0, 0, 0, 1, 1, 1, 1, 0, 1, 1, 1, 0])
    group = np.array([14, 14, 14, 17, 17, 12, 12, 12, 19, 19, 19, 19])
    score = np.array([0, 0, 1, 5, 0, 0, 5, 0, 5, 5, 0, 5]) + float(rng.normal())
    yield seen(y=y, score=score, group=group, threshold=float(score.max()))
    yield seen(y=[1, 1, 0, 0], score=[2, 1, 3, 0], group=[5, 5, 5, 5], threshold=2)
    # A group of background only, one of signal only that has lost all of it; two equally bad
    # groups, the smaller number later in the file; nothing lost.
    for labels, scores, groups in (
        ([0, 0, 1, 1, 1, 1, 0], [0.9, 0.1, 0.2, 0.3, 0.8, 0.9, 0.1], [-3, -3, 7, 7, 12, 12, 12]),
        ([1, 1, 1, 1, 1, 0, 0], [0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.6], [12, 12, 7, 7, 1, 1, 1]),
        ([1, 1, 0], [0.9, 0.8, 0.1], [-70001, -70002, -70001]),
    ):
        yield seen(y=labels, score=scores, group=groups, threshold=0.5)
    two = [0, 1], [0.1, 0.2]
    yield refuses(worst_group_tpr, "group has another length", *two, [1], 0.1)
    yield refuses(worst_group_tpr, "a group is 1.5", *two, [1, 1.5], 0.1)
    yield refuses(worst_group_tpr, "the threshold is NaN", *two, [1, 1], float("nan"))
    yield refuses(worst_group_tpr, "there is no background event", [1, 1], *two[1:], [1, 1], 0.1)
    yield from refuses_bad_scores(worst_group_tpr, [0, 0, 1], 0.3)
