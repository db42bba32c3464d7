"""What keeps the course's own version of an exercise from being handed in as an answer."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from course.grading_mode import is_graded
from course.notebook_guard import ReferenceUsedError, library_only

P = ParamSpec("P")
T = TypeVar("T")

CHECKS = ("course.checks", "autograder")
"""Packages whose modules judge an answer."""


def stand_in(version: Callable[P, T]) -> Callable[P, T]:
    """Let `version` stand in for an exercise below its cells, but never where one is judged.

    It refuses to run in a notebook that is graded, below a check, and for a notebook's own code:
    `course.models.fallback.working` calls it.
    """

    @library_only
    @wraps(version)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        if is_graded() or below_check():
            raise ReferenceUsedError(version.__module__, version.__name__)
        return version(*args, **kwargs)

    del guarded.__wrapped__  # type: ignore[attr-defined]  # a way round the guard
    return guarded


def below_check() -> bool:
    """Tell whether a check, instant or hidden, has called what runs now."""
    frame = sys._getframe(1)
    while frame.f_back:
        frame = frame.f_back
        if str(frame.f_globals.get("__name__", "")).startswith(CHECKS):
            return True
    return False
