"""The right answers of a unit and the checks that judge them."""

from collections.abc import Sequence
from importlib import import_module

from autograder.authoring import catalogue
from autograder.authoring.build import instant_checks
from autograder.authoring.reference import namespace
from autograder.selftest.compose import solutions
from autograder.selftest.mutation.judging import Judges


def right_answers(unit: str, exercise: str) -> dict[str, str]:
    """Return the code of the solution and of the catalogue's right answers, by name."""
    found = {"solution": solutions(unit)[exercise]}
    for answer in catalogue.answers(unit, exercise):
        if answer.verdict == "right":
            found[answer.path.stem] = answer.source
    return found


def judges(unit: str, exercises: Sequence[str] = ()) -> Judges:
    """Return the checks of a unit's exercises, or of some of them."""
    module = import_module(f"autograder.hidden_tests.{unit.split('_', 1)[1]}")
    names = [name for name in instant_checks(unit) if not exercises or name in exercises]
    return Judges(namespace(unit), {name: getattr(module, name) for name in names})
