"""Right answers of unit 05 agree with scikit-learn whatever the ties, the types and the order."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from autograder.authoring import catalogue
from autograder.authoring.reference import namespace

UNIT = "05_roc"


def _right(exercise: str) -> list[Any]:
    return [
        pytest.param(answer, id=f"{exercise}-{answer.path.stem}")
        for answer in catalogue.answers(UNIT, exercise)
        if answer.verdict == "right"
    ]


def _function(answer: catalogue.Answer) -> Callable[..., Any]:
    scope = namespace(UNIT)
    exec(compile(answer.source, str(answer.path), "exec"), scope)
    return scope[answer.exercise]


def _curve(y, score):
    return metrics.roc_curve(y, score, drop_intermediate=False)


def _precision_recall(y, score):
    precision, recall, thresholds = metrics.precision_recall_curve(y, score)
    return precision[-2::-1], recall[-2::-1], thresholds[::-1]


ORACLES = {
    "roc_curve": _curve,
    "auc_rank": metrics.roc_auc_score,
    "precision_recall": _precision_recall,
}


@pytest.mark.parametrize("answer", [a for name in ORACLES for a in _right(name)])
@settings(max_examples=30)
@given(
    pairs=st.lists(
        st.tuples(st.integers(0, 1), st.integers(-4, 4)), min_size=2, max_size=30
    ).filter(lambda pairs: len({label for label, _ in pairs}) == 2),
    kind=st.sampled_from(["list", "int64", "float32", "bool labels", "strided"]),
)
def test_right_answers_agree_with_scikit_learn(answer, pairs, kind) -> None:
    y, score = np.array(pairs).T
    expected = ORACLES[answer.exercise](y, score.astype(float))
    if kind == "list":
        arguments = y.tolist(), score.tolist()
    elif kind == "bool labels":
        arguments = y.astype(bool), score
    elif kind == "strided":
        arguments = np.repeat(y, 2)[::2], np.repeat(score, 2)[::2]
    else:
        arguments = y, score.astype(kind)
    given = _function(answer)(*arguments)
    if not isinstance(expected, tuple):
        given, expected = (given,), (expected,)
    for one, other in zip(given, expected, strict=True):
        assert np.allclose(one, other, rtol=0, atol=1e-12)
