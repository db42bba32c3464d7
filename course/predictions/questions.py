"""All that the course asks, by name."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from course.predictions.question import PredictionQuestion
from course.predictions.units import UNITS


class UnknownQuestionError(LookupError):
    """A name by which nothing is asked."""


def _by_name() -> Mapping[str, PredictionQuestion]:
    found: dict[str, PredictionQuestion] = {}
    for unit in UNITS:
        for question in unit.QUESTIONS:
            if question.name in found:
                raise ValueError(f"{question.name} is asked twice; a name is one for the course")
            found[question.name] = question
    return found


QUESTIONS = _by_name()


def question_named(name: str) -> PredictionQuestion:
    """Return the question called `name`.

    Raises
    ------
    UnknownQuestionError
        If there is none; the nearest is offered.
    """
    if name in QUESTIONS:
        return QUESTIONS[name]
    close = difflib.get_close_matches(str(name), QUESTIONS, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(QUESTIONS)}"
    raise UnknownQuestionError(f"the course asks no {name!r}; {hint}")


def questions_of(unit: str) -> list[PredictionQuestion]:
    """Return what a unit asks, in the order of its text."""
    return [question for question in QUESTIONS.values() if question.unit == unit]
