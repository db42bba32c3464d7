"""Unit 03's hidden tests judged by chance: unfair to no right answer, blind to no wrong one."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.authoring import catalogue
from autograder.authoring.catalogue import Answer
from autograder.authoring.reference import code, namespace
from autograder.hidden_tests import backpropagation as hidden_tests
from tests.hidden_tests.forms import FORMS, in_form, perturbed

UNIT = "03_backpropagation"
SECRETS = ("one school", "another school")
NUMERIC = (
    "logistic_backward",
    "softmax_cross_entropy",
    "mlp_backward",
    "clip_by_norm",
    "sgd_momentum_step",
    "adagrad_step",
    "rmsprop_step",
    "adam_step",
)
RIGHT = [
    answer
    for exercise in NUMERIC
    for answer in catalogue.answers(UNIT, exercise)
    if answer.verdict == "right"
]
TOLERANCE = 1e-6
"""What two right answers may differ by, as a share of an array's largest entry."""

quick = settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def function_of(answer: Answer) -> Callable[..., Any]:
    scope = namespace(UNIT)
    exec(compile(answer.source, str(answer.path), "exec"), scope)
    return scope[answer.exercise]


@pytest.mark.parametrize("answer", RIGHT, ids=lambda a: f"{a.exercise}/{a.path.stem}")
@quick
@given(form=st.sampled_from(sorted(FORMS)), secret=st.sampled_from(SECRETS))
def test_a_right_answer_in_any_form_never_fails(
    answer: Answer, form: str, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_SECRET", secret)
    outcome = getattr(hidden_tests, answer.exercise)(in_form(function_of(answer), form))
    assert outcome.passed, outcome


@pytest.mark.parametrize("exercise", NUMERIC)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    size=st.floats(5 * TOLERANCE, 1.0),
    sign=st.sampled_from([-1, 1]),
    place=st.integers(0, 10_000),
    secret=st.sampled_from(SECRETS),
)
def test_a_perturbed_result_always_fails(
    exercise: str,
    size: float,
    sign: int,
    place: int,
    secret: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One entry of one array is off, by more than the tolerance, in every call."""
    monkeypatch.setenv("DESCENT_SECRET", secret)
    off = perturbed(namespace(UNIT)[exercise], place, sign * size)
    assert not getattr(hidden_tests, exercise)(off).passed


@pytest.mark.parametrize("node", ["u", "u1", "u2", "t", "x"])
@quick
@given(size=st.floats(5 * TOLERANCE, 1.0), secret=st.sampled_from(SECRETS))
def test_every_node_of_j_counts(
    node: str, size: float, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_SECRET", secret)
    right = namespace(UNIT)["j_backward"]

    def perturbed(x: float) -> dict[str, float]:
        slopes = right(x)
        return slopes | {node: slopes[node] * (1 + size)}

    assert not hidden_tests.j_backward(perturbed).passed


@pytest.mark.parametrize("method", ["__add__", "__mul__", "__pow__", "exp", "log", "tanh"])
@quick
@given(size=st.floats(5 * TOLERANCE, 0.5), secret=st.sampled_from(SECRETS))
def test_every_local_derivative_of_value_counts(
    method: str, size: float, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_SECRET", secret)
    scope: dict[str, Any] = {"__name__": "a_student"}
    exec(compile(code(UNIT), "<a student's notebook>", "exec"), scope)
    own = scope["Value"]
    setattr(own, method, _around(own.__dict__[method], size))
    assert not hidden_tests.Value(own).passed


def _around(method: Callable[..., Any], size: float) -> Callable[..., Any]:
    def stretched(self: Any, *arguments: Any) -> Any:
        node = method(self, *arguments)
        node.parents = tuple((parent, local * (1 + size)) for parent, local in node.parents)
        return node

    return stretched


@quick
@given(tolerance=st.floats(1e-7, 1e-2), size=st.floats(0.05, 1), secret=st.sampled_from(SECRETS))
def test_a_judge_that_is_too_lax_or_too_strict_is_caught(
    tolerance: float, size: float, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_SECRET", secret)
    right = namespace(UNIT)["gradient_check"]

    def lax(f: Any, grad: Any, theta: Any, tolerance: float = 1e-5) -> bool:
        return right(f, grad, theta, tolerance=max(tolerance, size))

    def strict(f: Any, grad: Any, theta: Any, tolerance: float = 1e-5) -> bool:
        return right(f, grad, theta, tolerance=1e-14)

    assert not hidden_tests.gradient_check(lax).passed
    assert not hidden_tests.gradient_check(strict).passed


@quick
@given(factor=st.one_of(st.floats(0.2, 0.8), st.floats(1.25, 5)), secret=st.sampled_from(SECRETS))
def test_a_wrong_variance_is_caught(
    factor: float, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_SECRET", secret)
    right = namespace(UNIT)["init_weights"]

    def scaled(sizes: Any, scheme: str, rng: Any) -> Any:
        return [(W * np.sqrt(factor), b) for W, b in right(sizes, scheme, rng)]

    assert not hidden_tests.init_weights(scaled).passed
