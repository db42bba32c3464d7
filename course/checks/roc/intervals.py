"""Probe of unit 05 for the bootstrap: properties of any interval, whatever its draws."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from statistics import NormalDist

import numpy as np

from course.checks.check import exercise
from course.checks.draw_budget import CountedGenerator, with_draw_budget
from course.checks.observation import Observation, call, invariant, refuses
from course.checks.roc.decisions import refuses_bad_scores, refuses_one_class

UNIT = "05_roc"

SPREADS = ((60, 20), (20, 60))

AREA = 913 / 1200
"""AUC of a sample of `_fixed_sample`, of 60 signal and 20 background events."""

MANY = 600
"""Number of draws for an interval whose width is measured."""

HALF_WIDTH = 0.1215
"""Of a 95 % bootstrap interval for the samples of `_fixed_sample`; from 200,000 draws."""

THOROUGH = 6000
"""Number of draws for an interval that decides where a smaller one is unusual."""

USUAL_START = (0.626, 0.643)
"""Mean start of four intervals of `MANY` draws: a right answer is outside once in 20 times."""

RIGHT_START = (0.6205, 0.645)
"""Mean start of the two intervals of `THOROUGH` draws. The quantile is 0.6318, with a standard
deviation of 0.0018, or 0.6342 and 0.0017 if each class is drawn by itself: the limits are 6.3 and
6.4 of them away, which chance exceeds less than once in 1e9. The 5 % quantile is 0.6543, the 1.25 %
quantile 0.611 or 0.6145. From 400,000 draws of each kind."""


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
    yield Observation(
        "where the interval begins",
        lambda: _describe_start(
            _unless_usual(
                lambda: _mean_low([interval(s, seed, MANY) for s in SPREADS for seed in seeds[:2]]),
                lambda: _mean_low([interval(s, seeds[0], THOROUGH) for s in SPREADS]),
                USUAL_START,
            )
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
    # In each of twenty draws the one signal event is missing with probability 0.9^10 = 0.35. From
    # other draws one interval in 40 is the same by chance, six of them less than once in 1e9.
    lonely, spread = np.eye(10, dtype=int)[4], rng.permutation(10) / 10.0
    yield invariant(
        "generators of one seed give one interval, also where draws must be repeated",
        lambda: all(
            run(lonely, spread, 20, seeds[2] + i) == run(lonely, spread, 20, seeds[2] + i)
            for i in range(6)
        ),
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
        score=ranks / 10 - 0.35,
    )
    yield call(
        lambda y, score: run(y, score, 30, seeds[0]),
        by="bootstrap_auc, all scores equal:",
        y=[1, 0, 0, 1, 0, 1, 0],
        score=[float(rng.normal())] * 7,
    )
    yield from _at_the_ends(run, seeds[1])
    yield from _small_samples(run, seeds[2])
    yield from _counts_draws(run, samples[first], seeds)
    yield invariant(
        "a second interval from the same generator is another one",
        lambda: _draws_on(bounded, samples[first], seeds[3]),
    )
    yield invariant(
        "two events of each class are enough: a draw that lost a class is drawn again",
        lambda: bool(np.isfinite(run(*_pair(2, 2), 60, seeds[1])).all()),
    )
    yield Observation(
        "24 intervals, each of a single draw of one signal event above three background events",
        lambda: np.array([run(*_pair(3, 1), 1, seeds[2] + i) for i in range(24)]).min(axis=0),
    )
    for wrong in (0, 2.5):
        yield refuses(bounded, f"n is {wrong}", y, score, wrong, np.random.default_rng(0))
    yield refuses(bootstrap_auc, "rng is a seed", y, score, 10, 7)
    yield from refuses_bad_scores(bounded, 10, np.random.default_rng(0))
    yield from refuses_one_class(bounded, 10, np.random.default_rng(0))
    # Last, for an answer that never draws some event does not come to an end here.
    yield call(
        lambda y, score: run(y, score, 5, seeds[0]),
        by="bootstrap_auc, one event of each class:",
        y=[1, 0],
        score=[0.7, 0.2],
    )
    yield from _six_events(run, seeds[2])


def _counts_draws(run: Callable, sample: tuple, seeds: list[int]) -> Iterator[Observation]:
    """Observe intervals of one draw and of two: n counts the draws.

    Two draws of `_fixed_sample` have one AUC less than once in 100, in all of 8 intervals less than
    once in 1e16.
    """

    def ends(n: int, more: int) -> np.ndarray:
        return np.array([run(*sample, n, seed + more) for seed in seeds])

    yield invariant(
        "n = 1: low and high are the AUC of one draw",
        lambda: bool((np.diff(ends(1, 0), axis=1) == 0).all()),
    )
    yield invariant(
        "n = 1: the draw is not always the same",
        lambda: len({low for low, _ in ends(1, 0)}) > 1,
    )
    yield invariant(
        "n = 2: low and high lie between the AUCs of two draws",
        lambda: bool((np.diff(np.vstack([ends(2, 0), ends(2, 1)]), axis=1) > 0).any()),
    )


def _draws_on(bounded: Callable, sample: tuple, seed: int) -> bool:
    """Tell whether two calls with one generator give two intervals."""
    y, score = sample
    counted = CountedGenerator(np.random.PCG64(seed), 0)
    one, other = (bounded(y.copy(), score.copy(), 40, counted) for _ in "12")
    return not np.array_equal(one, other)


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


def _small_samples(run: Callable, seed: int) -> Iterator[Observation]:
    """Observe AUCs of five events, and that the first and the last of 14 are drawn.

    Three signal and two background events give a draw with 1 and 4, or 2 and 3, of a class.
    """
    y, score = np.array([1, 0, 1, 0, 1]), np.array([0.3, -0.2, -0.4, 0.4, 0.1])

    def are_twelfths() -> bool:
        found = 12 * np.array([run(y, score, 1, seed + i)[0] for i in range(16)])
        return bool(np.allclose(found, np.round(found), rtol=0, atol=1e-6))

    yield invariant(
        "n = 1, with three signal and two background events: every AUC is a number of twelfths",
        are_twelfths,
    )
    for name, step in (("first", 1), ("last", -1)):
        yield invariant(
            f"the {name} event of the file is drawn too, where no draw can lose a class",
            partial(_draws_the_first, run, step, seed),
        )


def _six_events(run: Callable, seed: int) -> Iterator[Observation]:
    """Observe that the last of six events is drawn no more often than any other.

    Of the six only the last is signal below the background. A draw has an AUC of 1/4 or less with
    probability 0.0136, or 0.0067 if each class is drawn by itself, so among `THOROUGH` draws 2.5 %
    have less than once in 1e10 (the bound is exp(-n K), with K = 0.0039 the relative entropy of
    0.025 and 0.0136). If the last is drawn twice as often, the probability is 0.063.
    """
    labels, ladder = np.array([0, 1, 1, 1, 1, 1]), np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.0])
    yield invariant(
        "every event of the file is drawn as often as any other",
        lambda: (
            _unless_usual(
                lambda: run(labels, ladder, 500, seed)[0],
                lambda: run(labels, ladder, THOROUGH, seed)[0],
                (0.26, 1.01),
            )
            > 0.26
        ),
    )


def _draws_the_first(run: Callable, step: int, seed: int) -> bool:
    """Tell whether the only signal event below the background is in draws; it is the first.

    It is in five of eight draws, and in fewer than two of 40 less than once in 1e15. With a `step`
    of -1 the file is turned round, and it is the last.
    """
    y = np.array([1, 0] * 7)
    score = y + np.linspace(0, 0.5, 14)
    score[0] = -1.0
    return run(y[::step], score[::step], 40, seed)[0] < 1


def _unless_usual(
    small: Callable[[], float], large: Callable[[], float], usual: tuple[float, float]
) -> float:
    """Return what a small interval gives if that is usual, else what a large one gives."""
    value = small()
    return value if usual[0] < value < usual[1] else large()


def _mean_low(intervals: list[tuple[float, float]]) -> float:
    return float(np.mean([low for low, _ in intervals]))


def _describe_start(low: float) -> str:
    """Compare where intervals begin with the 2.5 % quantile."""
    if low < RIGHT_START[0]:
        return "below the 2.5 % quantile"
    return "near the 2.5 % quantile" if low < RIGHT_START[1] else "above the 2.5 % quantile"


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
