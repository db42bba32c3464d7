"""Predictions that a reader commits to before an explorable or a cell answers.

`ask` shows one by its name. What is asked, and what the answer is, stands in ``units/``, one module
a unit; the kinds of questions are in `course.predictions.question`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course.predictions.questions import question_named

if TYPE_CHECKING:
    from course.predictions.prediction import Prediction

__all__ = ["ask"]


def ask(name: str) -> Prediction:
    """Return the prediction called `name`, to be shown at the end of a cell.

    It opens as it was committed or skipped before, if it was.

    Raises
    ------
    UnknownQuestionError
        If the course asks nothing of that name; the nearest is offered.
    """
    from course.predictions.prediction import Prediction  # grading needs no widget

    return Prediction(question_named(name))
