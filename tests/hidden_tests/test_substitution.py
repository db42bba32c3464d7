"""An exercise is lost for no mistake in another, nor for a name that was given away."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.authoring.reference import code
from autograder.hidden_tests import hidden_test
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


def test_own_functions_that_passed_are_called(student: dict[str, Any]) -> None:
    called, passed = [], student["gradient_descent"]
    answer = student["fit_and_test"]
    assert hidden_tests.fit_and_test._calls_only_passed((answer,))
    student["gradient_descent"] = lambda *given: called.append(1) or passed(*given)
    assert not hidden_tests.fit_and_test._calls_only_passed((answer,))
    assert hidden_tests.fit_and_test(answer).passed
    assert not called, "right ones stand in the place of one that was not tested"


def test_a_name_given_to_something_else_costs_nothing(student: dict[str, Any]) -> None:
    student["gradient_descent"] = 454.0
    assert hidden_tests.fit_and_test(student["fit_and_test"]).passed
    assert student["gradient_descent"] == 454.0
