"""No answer spoils another's points: an accepted one, or a wrong one, beside every right one.

The pairs are those that the notebook's calls connect: an exercise, and each earlier one whose
functions its solution or one of its right answers calls, by way of others too.
"""

import ast
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from autograder import paths
from autograder.authoring import catalogue
from autograder.authoring.catalogue import Answer
from autograder.authoring.reference import code
from autograder.hidden_tests import hidden_test
from autograder.hidden_tests.hidden_test import HiddenTest
from course.checks.check import instant_checks

pytestmark = pytest.mark.slow


@cache
def owners(unit: str) -> dict[str, str]:
    """Return the exercise of each graded function."""
    checks = instant_checks(unit)
    return {name: exercise for exercise, check in checks.items() for name in check.functions}


@cache
def called(unit: str) -> dict[str, set[str]]:
    """Return for each exercise the others that its solution and its right answers call."""
    found: dict[str, set[str]] = {exercise: set() for exercise in instant_checks(unit)}
    texts = {exercise: [right.source for right in rights(unit, exercise)] for exercise in found}
    for node in ast.parse(code(unit)).body:
        name = getattr(node, "name", None)
        if name in owners(unit):
            texts[owners(unit)[name]].append(ast.unparse(node))
    for exercise, sources in texts.items():
        for source in sources:
            names = {n.id for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Name)}
            found[exercise] |= {owners(unit)[name] for name in names & owners(unit).keys()}
    order = list(dict.fromkeys(owners(unit)[n] for n in scope_of(unit) if n in owners(unit)))
    for exercise in order:  # earlier ones first, so that theirs are complete
        earlier = found[exercise] & set(order[: order.index(exercise)])
        found[exercise] = earlier.union(*(found[each] for each in earlier))
    return found


def rights(unit: str, exercise: str) -> list[Answer]:
    answers = catalogue.answers(unit, exercise)
    return [answer for answer in answers if answer.verdict == "right"]


def scope_of(unit: str) -> dict[str, Any]:
    scope: dict[str, Any] = {"__name__": "a_student"}
    exec(compile(code(unit), "<a student's notebook>", "exec"), scope)
    return scope


def hidden(unit: str, exercise: str) -> HiddenTest:
    return getattr(import_module(f"autograder.hidden_tests.{unit.split('_', 1)[1]}"), exercise)


def users(unit: str, exercise: str) -> list[str]:
    return [other for other, earlier in called(unit).items() if exercise in earlier]


CALLED = [
    answer
    for unit in paths.units()
    for exercise in instant_checks(unit)
    if users(unit, exercise)
    for answer in (*rights(unit, exercise), *catalogue.wrong(unit, exercise)[::6])
]


@pytest.mark.parametrize(
    "answer", CALLED, ids=lambda a: f"{a.unit}/{a.exercise}/{a.verdict}/{a.path.stem}"
)
def test_right_answers_keep_their_points_beside(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = answer.unit
    monkeypatch.setenv("DESCENT_SECRET", "pairs")
    scope = scope_of(unit)
    exec(compile(answer.source, str(answer.path), "exec"), scope)
    passed = {(unit, name): scope[name] for name in owners(unit)}
    if answer.verdict == "wrong":
        for name in instant_checks(unit)[answer.exercise].functions:
            del passed[unit, name]
    monkeypatch.setattr(hidden_test, "_passed", passed)
    for exercise in users(unit, answer.exercise):
        functions = instant_checks(unit)[exercise].functions
        solution = {name: scope[name] for name in functions}
        for right in rights(unit, exercise):
            exec(compile(right.source, str(right.path), "exec"), scope)
            result = hidden(unit, exercise)(*(scope[name] for name in functions))
            assert result.passed, (right.path, result.message)
        scope.update(solution)
        passed.update({(unit, name): scope[name] for name in functions})


def test_the_pairs_are_those_that_calls_connect() -> None:
    assert called("06_memory")["cd_gradient"] >= {"p_on", "rbm_conditionals"}
    assert called("01_linear_regression")["sgd"] >= {"gradient"}
    assert not called("00_start_here")["period"]
