"""Hidden tests of unit 05."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import numpy as np
from sklearn import metrics

from autograder.hidden_tests.hidden_test import hidden_test
from course.checks import roc as check
from course.checks.draw_budget import with_draw_budget
from course.checks.observation import Observation, invariant
from course.figures.coverage import coverage

LEAST_COVERAGE = 0.75
"""Of 60 intervals at 95 %, of 40 draws each. So few draws make an honest bootstrap cover the truth
in 9 of 10 experiments; it falls below three quarters once in 10,000 times."""


def _sample(rng: np.random.Generator, m: int, ties: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Draw labels, both classes present, and scores with many ties or none."""
    y = rng.permutation(np.append([0, 1], (rng.random(m - 2) < rng.uniform(0.2, 0.5)).astype(int)))
    score = rng.normal(size=m) + y
    return y, np.round(3 * score) / 3 if ties else score


@hidden_test(check.counts_at)
def counts_at(
    counts_at: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Every event counted once; independent of the units of score and threshold."""
    y, score = _sample(rng, 60)
    threshold = float(rng.choice(score))
    yield invariant(
        "the four counts add up to the number of events",
        lambda: sum(counts_at(y, score, threshold)) == len(y),
    )
    yield invariant(
        "a lower threshold never lowers TP, nor FP",
        lambda: bool(
            (
                np.diff([counts_at(y, score, t)[:2] for t in (2.0, 1.0, 0.0, -1.0)], axis=0) >= 0
            ).all()
        ),
    )
    yield invariant(
        "scores and threshold in other units give the same counts",
        lambda: (
            tuple(counts_at(y, 4 * score, 4 * threshold)) == tuple(counts_at(y, score, threshold))
        ),
    )
    yield invariant(
        "other names for the classes swap TP with FP, and FN with TN",
        lambda: (
            [counts_at(1 - y, score, threshold)[i] for i in (1, 0, 3, 2)]
            == list(counts_at(y, score, threshold))
        ),
    )


@hidden_test(check.roc_curve)
def roc_curve(
    roc_curve: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Equal to scikit-learn's; from corner to corner; invariant under rising maps of scores."""
    y, score = _sample(rng, 200)
    order = rng.permutation(len(y))
    yield invariant(
        "the curve is that of scikit-learn, point by point",
        lambda: all(
            np.allclose(np.asarray(ours)[1:], theirs[1:], rtol=0, atol=1e-12)
            for ours, theirs in zip(
                roc_curve(y, score),
                metrics.roc_curve(y, score, drop_intermediate=False),
                strict=True,
            )
        ),
    )
    yield invariant(
        "the curve runs from (0, 0) to (1, 1) and never turns back",
        lambda: all(
            rate[0] == 0 and np.isclose(rate[-1], 1) and (np.diff(rate) >= 0).all()
            for rate in map(np.asarray, roc_curve(y, score)[:2])
        ),
    )
    yield invariant(
        "the order of the events in the file does not matter",
        lambda: np.allclose(roc_curve(y[order], score[order])[:2], roc_curve(y, score)[:2]),
    )
    yield invariant(
        "scores through a rising map give the same curve",
        lambda: np.allclose(roc_curve(y, np.exp(score))[:2], roc_curve(y, score)[:2]),
    )


@hidden_test(check.auc)
def auc(auc: Callable, rng: np.random.Generator, right: SimpleNamespace) -> Iterator[Observation]:
    """Between 0 and 1; the same from either end; swapping the axes gives the complement."""
    y, score = _sample(rng, 80)
    fpr, tpr, _ = right.roc_curve(y, score)
    yield invariant("a perfect curve has area 1", lambda: np.isclose(auc([0, 0, 1], [0, 1, 1]), 1))
    yield invariant(
        "the area is that of scikit-learn",
        lambda: abs(auc(fpr, tpr) - metrics.auc(fpr, tpr)) < 1e-12,
    )
    yield invariant(
        "the area is the same from either end",
        lambda: np.isclose(auc(fpr[::-1].copy(), tpr[::-1].copy()), auc(fpr, tpr)),
    )
    yield invariant(
        "with the axes swapped the area is what is left of the square",
        lambda: np.isclose(auc(tpr, fpr), 1 - auc(fpr, tpr)),
    )
    yield invariant(
        "further points on the straight pieces change nothing",
        lambda: np.isclose(auc(*_with_middles(fpr, tpr)), auc(fpr, tpr)),
    )


def _with_middles(fpr: np.ndarray, tpr: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Put a point in the middle of every straight piece of a curve."""
    at = np.arange(0, len(fpr) - 0.5, 0.5)
    return tuple(np.interp(at, np.arange(len(rate)), rate) for rate in (fpr, tpr))


@hidden_test(check.auc_rank)
def auc_rank(
    auc_rank: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Equal to the area under the curve; 1 − AUC if classes swap; invariant under rising maps."""
    y, score = _sample(rng, 150)
    yield invariant(
        "the probability equals the area under the ROC curve",
        lambda: abs(auc_rank(y, score) - right.auc(*right.roc_curve(y, score)[:2])) < 1e-12,
    )
    yield invariant(
        "with the labels swapped it is 1 − AUC",
        lambda: np.isclose(auc_rank(1 - y, score), 1 - auc_rank(y, score)),
    )
    yield invariant(
        "scores through a rising map give the same AUC",
        lambda: np.isclose(auc_rank(y, np.exp(score)), auc_rank(y, score)),
    )
    yield invariant(
        "every event twice gives the same AUC",
        lambda: np.isclose(auc_rank(np.tile(y, 2), np.tile(score, 2)), auc_rank(y, score)),
    )


@hidden_test(check.precision_recall)
def precision_recall(
    precision_recall: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Equal to scikit-learn's; ends at the share of signal; answers the mixture as Bayes says."""
    y, score = _sample(rng, 120)

    def theirs() -> list[np.ndarray]:
        precision, recall, thresholds = metrics.precision_recall_curve(y, score)
        return [precision[-2::-1], recall[-2::-1], thresholds[::-1]]

    yield invariant(
        "precision and recall are those of scikit-learn, point by point",
        lambda: all(
            np.allclose(ours, other, rtol=0, atol=1e-12)
            for ours, other in zip(precision_recall(y, score), theirs(), strict=True)
        ),
    )
    yield invariant(
        "where everything passes, precision is the share of signal",
        lambda: np.isclose(precision_recall(y, score)[0][-1], y.mean()),
    )
    rare = np.concatenate([np.flatnonzero(y == 1), np.tile(np.flatnonzero(y == 0), 5)])
    yield invariant(
        "five times the background leaves recall as it is",
        lambda: np.allclose(
            precision_recall(y[rare], score[rare])[1], precision_recall(y, score)[1]
        ),
    )


@hidden_test(check.best_threshold)
def best_threshold(
    best_threshold: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """No other allowed threshold does better; the choice does not know S and B."""
    y, score = _sample(rng, 300, ties=False)
    S, B = float(rng.uniform(10, 90)), float(rng.uniform(1e3, 1e4))

    def significance(threshold: float) -> float:
        tp, fp, fn, tn = right.counts_at(y, score, threshold)
        return S * tp / (tp + fn) / np.sqrt(B * fp / (fp + tn)) if fp >= 10 else 0.0

    yield invariant(
        "the significance is that of the threshold returned",
        lambda: np.isclose(
            significance(best_threshold(y, score, S, B)[0]), best_threshold(y, score, S, B)[1]
        ),
    )
    yield invariant(
        "no other threshold that 10 background events pass does better",
        lambda: best_threshold(y, score, S, B)[1] >= max(map(significance, score)) * (1 - 1e-9),
    )
    yield invariant(
        "twice the signal expected gives the same threshold and twice the significance",
        lambda: np.allclose(
            best_threshold(y, score, 2 * S, B),
            np.multiply(best_threshold(y, score, S, B), [1, 2]),
        ),
    )
    yield invariant(
        "four times the background expected gives the same threshold and half the significance",
        lambda: np.allclose(
            best_threshold(y, score, S, 4 * B),
            np.multiply(best_threshold(y, score, S, B), [1, 0.5]),
        ),
    )


@hidden_test(check.bootstrap_auc, rounds=1)
def bootstrap_auc(
    bootstrap_auc: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Covers the truth about as often as promised; four times the events, half the width."""
    seed = int(rng.integers(2**32))
    bootstrap_auc = with_draw_budget(bootstrap_auc)
    yield invariant(
        f"of 60 experiments, the intervals of at least {LEAST_COVERAGE:.0%} cover the true AUC",
        lambda: coverage(bootstrap_auc, 60, 40, 40, seed).share >= LEAST_COVERAGE,
    )
    y, score = _sample(rng, 60, ties=False)
    yield invariant(
        "nine times the events give about a third of the width",
        lambda: (
            0.2
            < _width(bootstrap_auc, np.tile(y, 9), np.tile(score, 9), seed)
            / _width(bootstrap_auc, y, score, seed)
            < 0.5
        ),
    )


def _width(bootstrap_auc: Callable, y: np.ndarray, score: np.ndarray, seed: int) -> float:
    low, high = bootstrap_auc(y, score, 200, np.random.default_rng(seed))
    return high - low


@hidden_test(check.worst_group_tpr)
def worst_group_tpr(
    worst_group_tpr: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Never above the average; equal to it for a single group; independent of the background."""
    y, score = _sample(rng, 120)
    group = rng.integers(3, size=len(y))
    threshold = float(rng.choice(score))
    tp, _, fn, _ = right.counts_at(y, score, threshold)
    yield invariant(
        "with a single group it is the true positive rate",
        lambda: np.isclose(
            worst_group_tpr(y, score, np.full(len(y), 6), threshold)[0], tp / (tp + fn)
        ),
    )
    yield invariant(
        "the worst group is never better than all together",
        lambda: worst_group_tpr(y, score, group, threshold)[0] <= tp / (tp + fn) + 1e-12,
    )
    yield invariant(
        "moving background from one group to another changes nothing",
        lambda: np.allclose(
            worst_group_tpr(y, score, np.where(y == 0, 0, group), threshold),
            worst_group_tpr(y, score, group, threshold),
        ),
    )
