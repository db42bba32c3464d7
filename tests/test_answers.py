"""Every answer in the catalogue gets its verdict and every mistake its hint, at once and hidden."""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import paths
from autograder.authoring import catalogue
from autograder.authoring.catalogue import Answer
from autograder.authoring.reference import code, namespace
from autograder.hidden_tests.hidden_test import HiddenTest
from course.checks.check import Check, instant_checks
from course.checks.stored_outcomes import load_outcomes


def _label(item: Any) -> str:
    if isinstance(item, Answer):
        return f"{item.unit}/{item.exercise}/{item.verdict}/{item.path.stem}"
    return str(item)


EXERCISES = [(unit, name) for unit in paths.units() for name in instant_checks(unit)]
ANSWERS = [answer for unit, name in EXERCISES for answer in catalogue.answers(unit, name)]
SECRETS = ("one school", "another school", "a third")
TRAINS = {unit for unit in paths.units() if "keras" in code(unit)}
"""Units whose answers train models: one school does there, a minute saved for each other.

It does for mistakes as well: what names them are the public inputs, or words about any inputs.
"""
QUICK_MISTAKES = 3
"""Of each exercise, so many mistakes are judged in every run; those that follow are slow tests.

`autograder build --check` observes every answer in every run, and a test below finds that stored
mistakes are told apart: what is left to chance is the way from there to the sentence.
"""


def _asked(secrets: Sequence[str]) -> Iterator[Any]:
    """Yield each answer with the schools that judge it, right ones with all of `secrets`."""
    for unit, exercise in EXERCISES:
        mistakes = 0
        for answer in catalogue.answers(unit, exercise):
            right = answer.verdict == "right"
            mistakes += not right
            for secret in secrets if right and unit not in TRAINS else secrets[:1]:
                quick = secret == secrets[0] and (right or mistakes <= QUICK_MISTAKES)
                marks = () if quick else pytest.mark.slow
                yield pytest.param(answer, secret, id=f"{_label(answer)}-{secret}", marks=marks)


def _check(answer: Answer) -> Check:
    return instant_checks(answer.unit)[answer.exercise]


def _functions(answer: Answer) -> list[Callable[..., Any]]:
    scope = namespace(answer.unit)
    exec(compile(answer.source, str(answer.path), "exec"), scope)
    return [scope[name] for name in _check(answer).functions]


def hidden(unit: str, exercise: str) -> HiddenTest:
    return getattr(import_module(f"autograder.hidden_tests.{unit.split('_', 1)[1]}"), exercise)


@pytest.mark.parametrize(("answer", "inputs"), _asked(["public"]))
def test_the_instant_check_gives_verdict_and_hint(answer: Answer, inputs: str) -> None:
    outcome = _check(answer)(*_functions(answer))
    assert outcome.passed == (answer.verdict == "right"), outcome
    if answer.verdict == "wrong":
        assert outcome.message == answer.hint


@pytest.mark.parametrize(("answer", "secret"), _asked(SECRETS))
def test_the_hidden_test_gives_verdict_and_hint(
    answer: Answer, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESCENT_SECRET", secret)
    outcome = hidden(answer.unit, answer.exercise)(*_functions(answer))
    assert outcome.passed == (answer.verdict == "right"), outcome
    if answer.verdict == "wrong":
        assert outcome.message == answer.hint


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_the_catalogue_is_rich_and_its_hints_are_kind(unit: str, exercise: str) -> None:
    answers = catalogue.answers(unit, exercise)
    hints = {answer.mistake: answer.hint for answer in answers if answer.verdict == "wrong"}
    assert sum(answer.verdict == "right" for answer in answers) >= 3
    assert len(hints) >= 6
    assert len(set(hints.values())) == len(hints), "two mistakes share a hint"
    assert all(40 < len(hint) < 260 for hint in hints.values())


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_stored_mistakes_can_be_reported_apart(unit: str, exercise: str) -> None:
    from course.checks.diagnosis import diagnose

    stored = load_outcomes(unit, exercise)
    for mistake in stored.mistakes:
        found = diagnose(stored.right, mistake.outcomes, stored.mistakes)
        assert found is not None
        assert not found.unexplained
        assert [known.name for known in found.mistakes] == [mistake.name]


@pytest.mark.parametrize(("unit", "exercise"), EXERCISES)
def test_every_exercise_stands_alone(
    unit: str, exercise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every other function missing, the notebook's own solution still passes."""
    monkeypatch.setenv("DESCENT_SECRET", "alone")
    from autograder.authoring.reference import code

    scope: dict[str, Any] = {"__name__": "a_student"}
    exec(compile(code(unit), "<a student's notebook>", "exec"), scope)

    def blank(*arguments: Any) -> None:
        raise NotImplementedError

    for other, check in instant_checks(unit).items():
        if other != exercise:
            scope.update(dict.fromkeys(check.functions, blank))
    functions = [scope[name] for name in instant_checks(unit)[exercise].functions]
    before = dict(scope)
    assert hidden(unit, exercise)(*functions).passed
    assert scope == before, "the student's own functions are put back"


@pytest.mark.parametrize(
    "place", [*range(2), *(pytest.param(place, marks=pytest.mark.slow) for place in range(2, 10))]
)
def test_mistakes_everywhere_are_each_reported_by_their_own_hint(
    place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One notebook with a mistake in every exercise: none hides behind another."""
    from autograder.authoring.reference import code

    monkeypatch.setenv("DESCENT_SECRET", "all wrong")
    for unit in (unit for unit in paths.units() if place == 0 or unit not in TRAINS):
        scope: dict[str, Any] = {"__name__": "a_student"}
        exec(compile(code(unit), "<a student's notebook>", "exec"), scope)
        chosen = {}
        for exercise in instant_checks(unit):
            mistakes = catalogue.wrong(unit, exercise)
            chosen[exercise] = mistakes[place % len(mistakes)]
            exec(compile(chosen[exercise].source, exercise, "exec"), scope)
        for exercise, answer in chosen.items():
            functions = [scope[name] for name in instant_checks(unit)[exercise].functions]
            assert hidden(unit, exercise)(*functions).message == answer.hint


WITHOUT_CHANCE = ("predict", "cost", "gradient", "gradient_descent", "standardize", "losses")
RIGHT = [a for a in ANSWERS if a.verdict == "right" and a.exercise in WITHOUT_CHANCE]


def _arguments(exercise: str, m: int, n: int, rng: np.random.Generator) -> list[Any]:
    X, y, theta = (rng.integers(-5, 6, size=size) for size in ((m, n), m, n))
    return {
        "predict": [X, theta],
        "standardize": [X],
        "losses": [np.where(y == 0, 7, y), rng.integers(-5, 6, size=m)],
        "gradient_descent": [X, y, 0.01, 3, 0.0, theta],
    }.get(exercise, [X, y, theta])


def _as_kind(argument: Any, kind: str, order: str) -> Any:
    if not isinstance(argument, np.ndarray):
        return argument
    if kind == "list":
        return argument.tolist()
    array = np.asarray(argument, dtype=kind)
    return np.repeat(array, 2, axis=0)[::2] if order == "strided" else np.array(array, order=order)


def _in_a_row(result: Any) -> np.ndarray:
    items = result if isinstance(result, tuple) else (result,)
    return np.concatenate([np.ravel(item) for item in items])


@pytest.mark.parametrize("answer", RIGHT, ids=_label)
@settings(max_examples=12)
@given(
    m=st.integers(1, 9),
    n=st.integers(1, 5),
    kind=st.sampled_from(["float64", "float32", "int64", "list"]),
    order=st.sampled_from(["C", "F", "strided"]),
    seed=st.integers(0, 2**32 - 1),
)
def test_right_answers_are_right_for_every_shape_type_and_memory_order(
    answer: Answer, m: int, n: int, kind: str, order: str, seed: int
) -> None:
    arguments = _arguments(answer.exercise, m, n, np.random.default_rng(seed))
    given = [_as_kind(argument, kind, order) for argument in arguments]
    right = namespace(answer.unit)
    for function, name in zip(_functions(answer), _check(answer).functions, strict=True):
        expected, found = right[name](*arguments), function(*given)
        if name == "standardize":  # the std of a constant column is free
            expected, found = expected[:2], found[:2]
        expected, found = _in_a_row(expected), _in_a_row(found)
        # Integers can make a gradient exactly 0, where differences of the cost leave rounding.
        assert np.allclose(found, expected, rtol=1e-6, atol=1e-6 * (1 + np.abs(expected).max()))
