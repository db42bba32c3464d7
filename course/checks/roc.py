"""Probes of unit 05."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from statistics import NormalDist
from typing import Any

import numpy as np

from course.checks.check import exercise
from course.checks.draw_budget import with_draw_budget
from course.checks.observation import Observation, call, invariant, refuses
from course.checks.timing import is_faster, processor_time

UNIT = "05_roc"

QUICK, LONG = 2_000, 14_000
"""Numbers of scores to time a curve of: the first rejects the slowest answers early."""

SLOWER = 80
"""How many times the processor time of a sort in pure Python a curve may take. A walk in a Python
loop takes 17 times as long, a comparison of each score with all others 400 times."""

SPREADS = ((60, 20), (20, 60))
COUNTS = ("TP", "FP", "FN", "TN")

AREA = 913 / 1200
"""AUC of a sample of `_fixed_sample`, of 60 signal and 20 background events."""

MANY = 600
"""Number of draws for an interval whose width is measured."""

HALF_WIDTH = 0.1215
"""Of a 95 % bootstrap interval for the samples of `_fixed_sample`; from 200,000 draws."""


def _draw_scores(
    rng: np.random.Generator, signal: int, background: int, ties: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Draw labels in random order and scores that are correlated with them."""
    y = rng.permutation(np.repeat([1, 0], [signal, background]))
    score = rng.normal(size=len(y)) + y
    return y, np.round(2 * score) if ties else score


def _refuses_bad_scores(function: Callable, *rest: object) -> Iterator[Observation]:
    for because, y, score in (
        ("y and score have different lengths", [0, 1, 1], [0.2, 0.4]),
        ("a score is NaN", [0, 1, 1], [0.2, float("nan"), 0.1]),
        ("a label is neither 0 nor 1", [-1, 1, 1], [0.2, 0.4, 0.3]),
    ):
        yield refuses(function, because, y, score, *rest)


def _refuses_one_class(function: Callable, *rest: object) -> Iterator[Observation]:
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
    yield call(counts_at, parts=COUNTS, y=y, score=score - 9, threshold=float("-inf"))
    yield call(counts_at, parts=COUNTS, y=y, score=score, threshold=float("inf"))
    yield call(counts_at, parts=COUNTS, y=[1, 0, 1, 0, 0], score=[3, 2, 1, 4, 1], threshold=2)
    yield call(counts_at, parts=COUNTS, y=[0, 0, 0], score=[0.1, 0.5, 0.9], threshold=0.3)
    yield from _refuses_bad_scores(counts_at, 0.3)


@exercise()
def roc_curve(roc_curve: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the points of the curve with and without ties, and the time it takes."""
    yield from _curves(roc_curve, rng, ("fpr", "tpr", "thresholds"))
    yield from _refuses_bad_scores(roc_curve)
    yield from _refuses_one_class(roc_curve)
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
    up = float(rng.uniform(0.1, 0.3))
    yield call(auc, fpr=[1, up, up, 0], tpr=[1, 0.9, 0.3, 0])
    yield call(auc, fpr=[0, 0, 0.25, 0.25, 1], tpr=[0, 0.5, 0.5, 1, 1])
    yield call(auc, fpr=[0, 1], tpr=[0, 1])
    yield refuses(auc, "fpr and tpr have different lengths", [0, 1], [0, 0.5, 1])
    yield refuses(auc, "fpr goes up and down", [0, 0.6, 0.4, 1], [0, 0.5, 0.7, 1])
    yield refuses(auc, "there is one point only", [0.0], [0.0])


@exercise()
def auc_rank(auc_rank: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the probability that signal outscores background, with and without ties."""
    for signal, background, ties in ((6, 5, False), (9, 14, True), (15, 6, True)):
        y, score = _draw_scores(rng, signal, background, ties)
        yield call(auc_rank, y=y, score=score)
    yield call(auc_rank, y=y, score=-score)
    yield call(auc_rank, y=[1, 0, 1, 0, 0], score=[3, 2, 2, 1, 3])
    yield call(auc_rank, y=[0, 1, 0], score=[7, 7, 7])
    yield from _refuses_bad_scores(auc_rank)
    yield from _refuses_one_class(auc_rank)


@exercise()
def precision_recall(precision_recall: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe precision and recall at every distinct score."""
    yield from _curves(precision_recall, rng, ("precision", "recall", "thresholds"))
    yield from _refuses_bad_scores(precision_recall)
    yield from _refuses_one_class(precision_recall)


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
    # Best where exactly 10 background events pass.
    y, score = np.repeat([1, 0, 1, 0], [6, 10, 2, 30]), np.repeat([2.0, 1.0], [16, 32])
    yield call(best_threshold, parts=parts, y=y, score=score, signal=10, background=100)
    bad = [0.1 * i for i in range(12)]
    yield refuses(best_threshold, "9 background events are too few", [1] * 3 + [0] * 9, bad, 1, 1)
    yield refuses(best_threshold, "background is 0", [1] + [0] * 11, bad, 1.0, 0.0)
    yield from _refuses_bad_scores(best_threshold, 10.0, 100.0)


@exercise()
def bootstrap_auc(bootstrap_auc: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe properties of any bootstrap interval, since its draws are the student's own."""
    seeds = [int(seed) for seed in rng.integers(2**32, size=4)]
    samples = {sizes: _fixed_sample(rng, *sizes) for sizes in SPREADS}
    bounded = with_draw_budget(bootstrap_auc)
    # An answer that draws n events in place of m never ends for one of these.
    for y, score, n in ((*_pair(3, 1), 1), ([0, 1] * 4, [0.0, 1.0] * 4, 200)):
        with suppress(Exception):
            bounded(np.array(y), np.array(score), n, np.random.default_rng(seeds[0]))

    def run(y: np.ndarray, score: np.ndarray, n: int, seed: int) -> tuple[float, float]:
        low, high = bounded(y.copy(), score.copy(), n, np.random.default_rng(seed))
        return float(low), float(high)

    @cache
    def interval(sizes: tuple[int, int], seed: int, n: int) -> tuple[float, float]:
        return run(*samples[sizes], n, seed)

    def width(sizes: tuple[int, int]) -> str:
        return _describe_width([interval(sizes, seed, MANY) for seed in seeds[:2]])

    first = SPREADS[0]
    yield Observation(
        "how low and high lie to each other",
        lambda: _describe_order(*interval(first, seeds[0], MANY)),
    )
    for sizes in SPREADS:
        yield Observation(
            f"the width of the interval, with {sizes[0]} signal and {sizes[1]} background events",
            partial(width, sizes),
        )
    yield Observation(
        "the mean width of four intervals",
        lambda: _describe_width_closely(
            [interval(sizes, seed, MANY) for sizes in SPREADS for seed in seeds[:2]]
        ),
    )
    yield invariant(
        "the interval holds the AUC of the sample itself",
        lambda: all(
            low < NormalDist().cdf(1 / 2**0.5) < high
            for low, high in (interval(sizes, seeds[0], MANY) for sizes in SPREADS)
        ),
    )
    y, score = samples[first]
    yield invariant(
        "generators of one seed give one interval",
        lambda: interval(first, seeds[2], 40) == run(y, score, 40, seeds[2]),
    )
    yield invariant(
        "generators of different seeds give different intervals",
        lambda: interval(first, seeds[2], 40) != interval(first, seeds[3], 40),
    )
    ranks = rng.permutation(8)
    yield call(
        lambda y, score: run(y, score, 30, seeds[0]),
        by="bootstrap_auc, all signal above all background:",
        y=(ranks > 3).astype(int),
        score=ranks.astype(float),
    )
    yield from _at_the_ends(run, seeds[1])
    yield invariant(
        "two events of each class are enough: a draw that lost a class is drawn again",
        lambda: bool(np.isfinite(run(*_pair(2, 2), 60, seeds[1])).all()),
    )
    yield Observation(
        "24 intervals, each of a single draw of one signal event above three background events",
        lambda: np.array([run(*_pair(3, 1), 1, seeds[2] + i) for i in range(24)]).min(axis=0),
    )
    yield refuses(bootstrap_auc, "n is 0", y, score, 0, np.random.default_rng(0))
    yield from _refuses_bad_scores(bootstrap_auc, 10, np.random.default_rng(0))
    yield from _refuses_one_class(bootstrap_auc, 10, np.random.default_rng(0))


def _pair(background: int, signal: int) -> tuple[np.ndarray, np.ndarray]:
    """Return background and signal events, all signal above, and none of it first or last."""
    y, score = np.repeat([0, 1], [background, signal]), np.arange(float(background + signal))
    return np.roll(y, -1), np.roll(score, -1)


def _at_the_ends(run: Callable, seed: int) -> Iterator[Observation]:
    """Observe the ends of an interval when many draws have the smallest or the largest AUC.

    Of two signal events one is above all background and the other below it: each is missing from
    every fourth draw that has an AUC. Of six signal events five are above.
    """
    y, score = np.array([1, *[0] * 12, 1]), np.array([2.0, *[1.0] * 12, 0.0])
    yield Observation(
        "where the interval ends, with one signal event above all background and one below",
        lambda: " to ".join(map(_describe_end, run(y, score, 200, seed))),
    )
    six, scores = np.repeat([1, 1, 0], [5, 1, 12]), np.repeat([2.0, 0.0, 1.0], [5, 1, 12])
    yield Observation(
        "where the interval ends, with five signal events above all background and one below",
        lambda: " to ".join(map(_describe_end, run(six, scores, 200, seed))),
    )


def _describe_order(low: float, high: float) -> str:
    """Describe which of the two ends is larger."""
    if low != high:
        return "low is below high" if low < high else "low is above high"
    of_sample = abs(low - AREA) < 1e-9
    return "they are equal: the AUC of the sample" if of_sample else "they are equal"


def _describe_end(end: float) -> str:
    """Describe where the end of an interval is."""
    for place in (0, 1):
        if abs(end - place) < 1e-9:
            return str(place)
    if end < 0:
        return "less than any AUC"
    return "more than any AUC" if end > 1 else "between 0 and 1"


def _fixed_sample(
    rng: np.random.Generator, signal: int, background: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return a sample whose ranks are always the same, so that its interval has a known width.

    Scores are even quantiles of two normal distributions, transformed by a random increasing map.
    """
    normal = NormalDist()
    ladder = [
        [normal.inv_cdf((i + 0.5) / n) + shift for i in range(n)]
        for n, shift in ((signal, 1.0), (background, 0.0))
    ]
    y = np.repeat([1, 0], [signal, background])
    order = rng.permutation(len(y))
    score = np.exp(rng.uniform(0.2, 0.6) * np.concatenate(ladder)) + rng.normal()
    return y[order], score[order]


def _describe_width(intervals: list[tuple[float, float]]) -> str:
    """Compare the mean width with that of a 95 % interval."""
    ratio = float(np.mean([high - low for low, high in intervals])) / (2 * HALF_WIDTH)
    if ratio < 0.3:
        return "far too narrow"
    if ratio < 0.75:
        return "too narrow"
    return "about right" if ratio < 1.25 else "too wide"


def _describe_width_closely(intervals: list[tuple[float, float]]) -> str:
    """Compare the mean width of so many intervals that 90 % can be distinguished from 95 %.

    The ratio of a right answer varies by 2 %; 90 % gives 0.84 and 99 % gives 1.31.
    """
    ratio = float(np.mean([high - low for low, high in intervals])) / (2 * HALF_WIDTH)
    if ratio < 0.7:
        return "much too narrow"
    if ratio < 0.89:
        return "too narrow"
    if ratio < 1.1:
        return "as 95 % asks"
    return "too wide" if ratio < 1.52 else "far too wide"


@exercise()
def worst_group_tpr(worst_group_tpr: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the worst group, also with a group without signal and with two equally bad ones."""
    names = 3 + rng.choice(50, size=3, replace=False)
    for _ in range(2):
        y, score = _draw_scores(rng, 24, 18, ties=True)
        group = rng.choice(names, size=len(y), p=(0.5, 0.3, 0.2))
        score = score - 3 * (group == names[1])
        yield call(
            worst_group_tpr, parts=("tpr", "group"), y=y, score=score, group=group, threshold=0.0
        )
    # Group 14 has background only; 17 and 12 keep one signal event of two each; 19 has more events.
    y = np.array([0, 0, 0, 1, 1, 1, 1, 0, 1, 1, 1, 0])
    group = np.array([14, 14, 14, 17, 17, 12, 12, 12, 19, 19, 19, 19])
    score = np.array([0, 0, 1, 5, 0, 0, 5, 0, 5, 5, 0, 5]) + float(rng.normal())
    yield call(
        worst_group_tpr,
        parts=("tpr", "group"),
        y=y,
        score=score,
        group=group,
        threshold=float(score.max()),
    )
    yield call(
        worst_group_tpr,
        parts=("tpr", "group"),
        y=[1, 1, 0, 0],
        score=[2, 1, 3, 0],
        group=[5, 5, 5, 5],
        threshold=2,
    )
    yield refuses(worst_group_tpr, "group has another length", [0, 1], [0.1, 0.2], [1], 0.1)
    yield from _refuses_bad_scores(worst_group_tpr, [0, 0, 1], 0.3)
