"""What the instant checks of unit 05 look at."""

import time
from collections.abc import Callable, Iterator
from functools import cache
from statistics import NormalDist

import numpy as np

from course.checks.check import exercise
from course.checks.observe import Observation, call, law, refuses

UNIT = "05_roc"

QUICK, LONG = 2_000, 10_000
"""Numbers of scores to time a curve of: the first tells the slowest answers early."""

SLOWER, LEAST_LIMIT = 20, 0.15
"""How many times a sort and a walk in pure Python a curve may take, and the least limit, in s."""

SPREADS = ((60, 20), (20, 60))
HALF_WIDTH = 0.1215
"""Of a 95 % bootstrap interval for the samples of `_spread`, of so many signal and background
events; from 200,000 draws."""


def _scored(
    rng: np.random.Generator, signal: int, background: int, ties: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Draw labels in random order and scores that know a little about them."""
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
    """Observe the four counts, also where scores equal the threshold and where classes lack."""
    y, score = _scored(rng, 9, 5, ties=True)
    # Both classes have scores at the threshold, in unlike numbers.
    y, score = np.append(y, [1, 1, 0]), np.append(score, [1.0, 1.0, 1.0])
    yield call(counts_at, y=y, score=score, threshold=1.0)
    y, score = _scored(rng, 4, 11, ties=False)
    yield call(counts_at, y=y, score=score, threshold=float(rng.uniform(0.2, 0.4)))
    yield call(counts_at, y=y, score=score - 9, threshold=float("-inf"))
    yield call(counts_at, y=y, score=score, threshold=float("inf"))
    yield call(counts_at, y=[1, 0, 1, 0, 0], score=[3, 2, 1, 4, 1], threshold=2)
    yield call(counts_at, y=[0, 0, 0], score=[0.1, 0.5, 0.9], threshold=0.3)
    yield from _refuses_bad_scores(counts_at, 0.3)


@exercise(given=("counts_at",))
def roc_curve(roc_curve: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the points of the curve with and without ties, and the time it takes."""
    yield from _curves(roc_curve, rng)
    yield from _refuses_bad_scores(roc_curve)
    yield from _refuses_one_class(roc_curve)
    seed = int(rng.integers(2**32))
    yield law(
        f"{LONG:,} scores take about as long as one sort and a walk along the list",
        lambda: all(_is_fast(roc_curve, size, seed) for size in (QUICK, LONG)),
    )


def _curves(function: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    for signal, background, ties in ((5, 4, False), (7, 12, True), (13, 4, True)):
        y, score = _scored(rng, signal, background, ties)
        yield call(function, y=y, score=score)
    yield call(function, y=[1, 0, 1, 0, 0], score=[3, 2, 2, 1, 3])
    yield call(function, y=[0, 1, 0], score=[7, 7, 7])


def _is_fast(function: Callable, size: int, seed: int) -> bool:
    """Time a curve beside a sort and a walk; where the machine is busy it gets a second chance."""
    y, score = _scored(np.random.default_rng(seed), size // 2, size // 2, ties=False)
    for _ in range(2):
        yardstick = _seconds(lambda: sorted(zip(score.tolist(), y.tolist(), strict=True)))
        if _seconds(lambda: function(y.copy(), score.copy())) < max(
            LEAST_LIMIT, SLOWER * yardstick
        ):
            return True
    return False


def _seconds(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


@exercise()
def auc(auc: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the area under staircases and under slanted curves, from either end."""
    for k in (4, 9):
        fpr, tpr = (np.concatenate([[0], np.sort(rng.random(k)), [1]]) for _ in "xy")
        tpr = np.maximum(tpr, fpr) ** 0.7
        yield call(auc, fpr=fpr, tpr=tpr)
        yield call(auc, fpr=fpr[::-1].copy(), tpr=tpr[::-1].copy())
    yield call(auc, fpr=[0, 0, 0.25, 0.25, 1], tpr=[0, 0.5, 0.5, 1, 1])
    yield call(auc, fpr=[0, 1], tpr=[0, 1])
    yield refuses(auc, "fpr and tpr have different lengths", [0, 1], [0, 0.5, 1])
    yield refuses(auc, "fpr goes up and down", [0, 0.6, 0.4, 1], [0, 0.5, 0.7, 1])
    yield refuses(auc, "there is one point only", [0.0], [0.0])


@exercise(given=("roc_curve", "auc"))
def auc_rank(auc_rank: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the probability that signal outscores background, with and without ties."""
    for signal, background, ties in ((6, 5, False), (9, 14, True), (15, 6, True)):
        y, score = _scored(rng, signal, background, ties)
        yield call(auc_rank, y=y, score=score)
    yield call(auc_rank, y=[1, 0, 1, 0, 0], score=[3, 2, 2, 1, 3])
    yield call(auc_rank, y=[0, 1, 0], score=[7, 7, 7])
    yield from _refuses_bad_scores(auc_rank)
    yield from _refuses_one_class(auc_rank)


@exercise(given=("counts_at", "roc_curve"))
def precision_recall(precision_recall: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe precision and recall at every distinct score."""
    yield from _curves(precision_recall, rng)
    yield from _refuses_bad_scores(precision_recall)
    yield from _refuses_one_class(precision_recall)


@exercise(given=("counts_at", "roc_curve"))
def best_threshold(best_threshold: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the choice where few background events tempt, and where two thresholds are as good."""
    for signal, background, ties in ((40, 60, False), (30, 90, True), (60, 25, False)):
        y, score = _scored(rng, signal, background, ties)
        expected = {
            "signal": float(rng.uniform(5, 50)),
            "background": float(rng.uniform(300, 3000)),
        }
        yield call(best_threshold, y=y, score=score + y, **expected)
    # Signal all on top: without a floor on the background the best cut leaves none, or one.
    y, score = _scored(rng, 20, 40, ties=False)
    yield call(best_threshold, y=y, score=score + 3 * y, signal=20.0, background=400.0)
    # Half of the signal with a quarter of the background, or all of both: equally good.
    y = np.repeat([1, 0, 1, 0], [2, 10, 2, 30])
    score = np.repeat([2.0, 1.0], [12, 32])
    order = rng.permutation(len(y))
    yield call(best_threshold, y=y[order], score=score[order], signal=10, background=100)
    bad = [0.1 * i for i in range(12)]
    yield refuses(best_threshold, "9 background events are too few", [1] * 3 + [0] * 9, bad, 1, 1)
    yield refuses(best_threshold, "background is 0", [1] + [0] * 11, bad, 1.0, 0.0)
    yield from _refuses_bad_scores(best_threshold, 10.0, 100.0)


@exercise(given=("roc_curve", "auc", "auc_rank"))
def bootstrap_auc(bootstrap_auc: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe what any bootstrap interval has in common: draws are the student's own."""
    seeds = [int(seed) for seed in rng.integers(2**32, size=4)]
    samples = {sizes: _spread(rng, *sizes) for sizes in SPREADS}

    @cache
    def interval(sizes: tuple[int, int], seed: int, n: int) -> tuple[float, float]:
        y, score = samples[sizes]
        low, high = bootstrap_auc(y.copy(), score.copy(), n, np.random.default_rng(seed))
        return float(low), float(high)

    first = SPREADS[0]
    yield law("low is below high", lambda: (lambda i: i[0] < i[1])(interval(first, seeds[0], 500)))
    for sizes in SPREADS:
        yield Observation(
            f"the width of the interval, with {sizes[0]} signal and {sizes[1]} background events",
            lambda sizes=sizes: _width([interval(sizes, seed, 500) for seed in seeds[:2]]),
        )
    yield law(
        "the interval holds the AUC of the sample itself",
        lambda: all(
            low < NormalDist().cdf(1 / 2**0.5) < high
            for low, high in (interval(sizes, seeds[0], 500) for sizes in SPREADS)
        ),
    )
    y, score = samples[first]
    yield law(
        "generators of one seed give one interval",
        lambda: (
            interval(first, seeds[2], 40)
            == tuple(bootstrap_auc(y, score, 40, np.random.default_rng(seeds[2])))
        ),
    )
    yield law(
        "generators of different seeds give different intervals",
        lambda: interval(first, seeds[2], 40) != interval(first, seeds[3], 40),
    )
    ranks = rng.permutation(8)
    yield call(
        lambda y, score: tuple(bootstrap_auc(y, score, 30, np.random.default_rng(seeds[0]))),
        by="bootstrap_auc, all signal above all background:",
        y=(ranks > 3).astype(int),
        score=ranks.astype(float),
    )
    yield law(
        "two events of each class are enough: a draw that lost a class is drawn again",
        lambda: bool(
            np.isfinite(
                bootstrap_auc([0, 1, 0, 1], [1, 2, 3, 4], 60, np.random.default_rng(seeds[1]))
            ).all()
        ),
    )
    yield refuses(bootstrap_auc, "n is 0", y, score, 0, np.random.default_rng(0))
    yield from _refuses_bad_scores(bootstrap_auc, 10, np.random.default_rng(0))
    yield from _refuses_one_class(bootstrap_auc, 10, np.random.default_rng(0))


def _spread(
    rng: np.random.Generator, signal: int, background: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return a sample whose ranks are always the same, so that its interval has a known width.

    Scores lie on even quantiles of two normal distributions, then go through a random rising map.
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


def _width(intervals: list[tuple[float, float]]) -> str:
    """Say in words how the mean width compares with what 95 % asks for."""
    ratio = float(np.mean([high - low for low, high in intervals])) / (2 * HALF_WIDTH)
    if ratio < 0.3:
        return "far too narrow"
    if ratio < 0.75:
        return "too narrow"
    return "about right" if ratio < 1.25 else "too wide"


@exercise(given=("counts_at",))
def worst_group_tpr(worst_group_tpr: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the worst group, also where a group has no signal and where two are equally bad."""
    names = rng.choice(50, size=3, replace=False)
    for _ in range(2):
        y, score = _scored(rng, 24, 18, ties=True)
        group = rng.choice(names, size=len(y), p=(0.5, 0.3, 0.2))
        score = score - 3 * (group == names[1])
        yield call(worst_group_tpr, y=y, score=score, group=group, threshold=0.0)
    # Group 4 has background only; 7 and 2 have one signal event in two each; 9 has more events.
    y = np.array([0, 0, 0, 1, 1, 1, 1, 0, 1, 1, 1, 0])
    group = np.array([4, 4, 4, 7, 7, 2, 2, 2, 9, 9, 9, 9])
    score = np.array([0, 0, 1, 5, 0, 0, 5, 0, 5, 5, 0, 5]) + float(rng.normal())
    yield call(worst_group_tpr, y=y, score=score, group=group, threshold=float(score.max()))
    yield call(
        worst_group_tpr, y=[1, 1, 0, 0], score=[2, 1, 3, 0], group=[1, 1, 1, 1], threshold=2
    )
    yield refuses(worst_group_tpr, "group has another length", [0, 1], [0.1, 0.2], [1], 0.1)
    yield from _refuses_bad_scores(worst_group_tpr, [0, 0, 1], 0.3)
