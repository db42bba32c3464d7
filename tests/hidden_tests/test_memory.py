"""Unit 06's hidden tests judged by chance: unfair to no right answer, blind to no wrong one."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.authoring import catalogue
from autograder.authoring.catalogue import Answer
from autograder.authoring.reference import namespace
from autograder.hidden_tests import memory as hidden_tests
from tests.hidden_tests.forms import FORMS, in_form, perturbed

UNIT = "06_memory"
SECRETS = ("one school", "another school")
RIGHT = namespace(UNIT)
TOLERANCE = 1e-6
"""What two right answers may differ by, as a share of an array's largest entry."""

FUNCTIONS = {
    "hebbian_weights": ("hebbian_weights",),
    "hopfield_energy": ("hopfield_energy",),
    "recall": ("recall",),
    "p_on": ("p_on",),
    "partition_function": ("partition_function",),
    "rbm_conditionals": ("p_hidden", "p_visible"),
    "rbm_energy": ("rbm_energy", "free_energy"),
    "cd_gradient": ("cd_gradient",),
}
"""Exercises some of whose results no chance can change, and their functions."""

BY_CHANCE = ("recall", "boltzmann_sample", "cd_gradient", "train_rbm")

some = settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def functions_of(answer: Answer) -> list[Callable[..., Any]]:
    scope = namespace(UNIT)
    exec(compile(answer.source, str(answer.path), "exec"), scope)
    return [scope[name] for name in FUNCTIONS.get(answer.exercise, (answer.exercise,))]


def right_answers(exercises: Any) -> list[Any]:
    return [
        pytest.param(answer, id=f"{answer.exercise}/{answer.path.stem}")
        for exercise in exercises
        for answer in catalogue.answers(UNIT, exercise)
        if answer.verdict == "right"
    ]


@pytest.mark.parametrize("answer", right_answers(FUNCTIONS))
@some
@given(form=st.sampled_from(sorted(FORMS)), secret=st.sampled_from(SECRETS))
def test_a_right_answer_in_any_form_never_fails(
    answer: Answer, form: str, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_SECRET", secret)
    outcome = getattr(hidden_tests, answer.exercise)(
        *(in_form(f, form) for f in functions_of(answer))
    )
    assert outcome.passed, outcome


@pytest.mark.parametrize("name", [name for names in FUNCTIONS.values() for name in names])
@settings(some, max_examples=20)
@given(
    size=st.floats(5 * TOLERANCE, 1.0),
    sign=st.sampled_from([-1, 1]),
    place=st.integers(0, 10_000),
    secret=st.sampled_from(SECRETS),
)
def test_a_perturbed_result_always_fails(
    name: str, size: float, sign: int, place: int, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One entry of one array is off, by more than the tolerance, in every call."""
    monkeypatch.setenv("DESCENT_SECRET", secret)
    exercise = next(exercise for exercise, names in FUNCTIONS.items() if name in names)
    functions = [
        perturbed(RIGHT[own], place, sign * size) if own == name else RIGHT[own]
        for own in FUNCTIONS[exercise]
    ]
    assert not getattr(hidden_tests, exercise)(*functions).passed


@pytest.mark.parametrize("answer", right_answers(BY_CHANCE))
@settings(some, max_examples=6)
@given(seed=st.integers(0, 2**32 - 1))
def test_no_right_answer_fails_by_bad_luck(answer: Answer, seed: int) -> None:
    """Whatever a school's secret is: each invariant has its own inputs and generators then."""
    stated = getattr(hidden_tests, answer.exercise).invariants
    functions = functions_of(answer)
    for observation in stated(*functions, np.random.default_rng(seed), SimpleNamespace(**RIGHT)):
        assert observation.evaluate(), observation.description


@pytest.mark.parametrize("secret", SECRETS)
@settings(some, max_examples=3)
@given(factor=st.one_of(st.floats(0, 0.45), st.floats(2.2, 6)))
def test_another_temperature_is_caught(
    secret: str, factor: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_SECRET", secret)
    right = RIGHT["boltzmann_sample"]

    def sample(s0: Any, W: Any, theta: Any, beta: float, n_sweeps: int, rng: Any) -> Any:
        return right(s0, W, theta, factor * beta, n_sweeps, rng)

    assert not hidden_tests.boltzmann_sample(sample).passed


@pytest.mark.parametrize("secret", SECRETS)
@settings(some, max_examples=3)
@given(factor=st.one_of(st.floats(0.1, 0.9), st.floats(1.1, 5)))
def test_another_learning_rate_is_caught(
    secret: str, factor: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_SECRET", secret)
    right = RIGHT["train_rbm"]

    def train(V: Any, n_hidden: int, epochs: int, alpha: float, *rest: Any) -> Any:
        return right(V, n_hidden, epochs, factor * alpha, *rest)

    assert not hidden_tests.train_rbm(train).passed


@pytest.mark.parametrize("k", [1, 2, 4])
def test_a_chain_of_another_length_is_caught(k: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESCENT_SECRET", "chains")
    right = RIGHT["cd_gradient"]
    assert not hidden_tests.cd_gradient(lambda v, W, a, b, _, rng: right(v, W, a, b, k, rng)).passed
