"""The right answers of a unit and the checks that judge them."""

from collections.abc import Sequence
from importlib import import_module

from autograder.authoring import catalogue
from autograder.authoring.reference import namespace
from autograder.selftest.compose import solutions
from autograder.selftest.mutation.judging import Judges
from course.checks.check import instant_checks


def right_answers(unit: str, exercise: str) -> dict[str, str]:
    """Return the code of the solution and of the catalogue's right answers, by name."""
    found = {"solution": solutions(unit)[exercise]}
    for answer in catalogue.answers(unit, exercise):
        if answer.verdict == "right":
            found[answer.path.stem] = answer.source
    return found


def prepare_judges(unit: str, exercises: Sequence[str]) -> tuple[Judges, dict[str, dict[str, str]]]:
    """Return the checks of a unit's exercises, ready to judge, and the right answers to each.

    Parameters
    ----------
    unit : str
    exercises : sequence of str
        Only these, if any is given.
    """
    module = import_module(f"autograder.hidden_tests.{unit.split('_', 1)[1]}")
    names = [name for name in instant_checks(unit) if not exercises or name in exercises]
    checks = Judges(namespace(unit), {name: getattr(module, name) for name in names})
    answers = {name: right_answers(unit, name) for name in names}
    checks.prepare([source for found in answers.values() for source in found.values()])
    return checks, answers
