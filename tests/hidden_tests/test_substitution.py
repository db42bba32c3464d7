"""An exercise is lost for no mistake in another, nor for a name that was given away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from autograder.authoring.reference import code
from autograder.hidden_tests import hidden_test, memory
from autograder.hidden_tests import linear_regression as hidden_tests
from course.checks.check import instant_checks

UNIT = "01_linear_regression"


@pytest.fixture
def student(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The names of a notebook whose functions all passed."""
    monkeypatch.setenv("DESCENT_SECRET", "a school")
    monkeypatch.setattr(hidden_test, "_passed", {})
    scope: dict[str, Any] = {"__name__": "a_student"}
    exec(compile(code(UNIT), "<a student's notebook>", "exec"), scope)
    known = instant_checks(UNIT)
    for name, check in known.items():
        if name != "fit_and_test":
            assert getattr(hidden_tests, name)(
                *(scope[function] for function in check.functions)
            ).passed
    return scope


def noting(called: list[int], function: Callable[..., Any]) -> Callable[..., Any]:
    def noted(*arguments: Any) -> Any:
        called.append(1)
        return function(*arguments)

    return noted


def test_own_functions_that_passed_are_called(student: dict[str, Any]) -> None:
    called: list[int] = []
    own = student["gradient_descent"]
    student["gradient_descent"] = noting(called, own)
    assert hidden_tests.fit_and_test(student["fit_and_test"]).passed
    assert not called, "right ones stand in the place of one that was not tested"
    assert hidden_tests.gradient_descent(student["gradient_descent"]).passed
    called.clear()
    assert hidden_tests.fit_and_test(student["fit_and_test"]).passed
    assert called


def test_what_passed_may_be_less_exact_or_of_another_kind(student: dict[str, Any]) -> None:
    right = student["gradient"]
    for passes in (lambda *given: right(*given) * (1 + 3e-7), lambda *given: list(right(*given))):
        student["gradient"] = passes
        assert hidden_tests.gradient(passes).passed
        assert hidden_tests.sgd(student["sgd"]).passed
        assert hidden_tests.gradient_descent(student["gradient_descent"]).passed


def test_a_right_function_is_called_by_a_wrong_one_that_passed_beside_it() -> None:
    """`p_hidden` passes beside a right `p_on`, but it calls the student's: so `p_on` is right."""
    scope: dict[str, Any] = {"__name__": "a_student"}
    exec(compile(code("06_memory"), "<a student's notebook>", "exec"), scope)
    scope["p_on"] = lambda delta_e, beta: 0 * delta_e + 0.25
    assert not memory.p_on(scope["p_on"]).passed
    assert memory.rbm_conditionals(scope["p_hidden"], scope["p_visible"]).passed
    assert memory.cd_gradient(scope["cd_gradient"]).passed


def test_a_name_given_to_something_else_costs_nothing(student: dict[str, Any]) -> None:
    student["gradient_descent"] = 454.0
    assert hidden_tests.fit_and_test(student["fit_and_test"]).passed
    assert student["gradient_descent"] == 454.0
