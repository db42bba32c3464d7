"""Keeps the course's own versions of what exercises ask for out of a student's answer.

Explorables need a fast network and a fast ROC curve; a notebook has to write its own. A function
under `not_an_answer` looks at whose code called it, and refuses a notebook's.
"""

import sys
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
T = TypeVar("T")

PROJECT = Path(__file__).resolve().parents[1]
STUDENTS_FOLDER = ("course", "notebooks")
OWN_FOLDERS = frozenset({"course", "autograder", "tests", "benchmarks", "tools"})
LIBRARY_FOLDERS = tuple({sys.prefix, sys.base_prefix, str(Path(np.__file__).resolve().parents[1])})


class BorrowedAnswerError(RuntimeError):
    """A notebook called the course's own version of what an exercise asks for."""

    def __init__(self, module: str, name: str) -> None:
        super().__init__(
            f"{module}.{name} is the course's own: write yours. "
            "Explorables may use it, answers may not"
        )


def not_an_answer(function: Callable[P, T]) -> Callable[P, T]:
    """Let `function` be called by this project's modules only, not by notebook code."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        frame = sys._getframe(1)
        while (origin := _origin(frame.f_code.co_filename)) == "library" and frame.f_back:
            frame = frame.f_back
        if origin != "project":
            raise BorrowedAnswerError(function.__module__, function.__name__)
        return function(*args, **kwargs)

    return guarded


@cache
def _origin(filename: str) -> str:
    """Say whose code a file is: the project's, a library's, or a notebook's.

    Code typed into a cell has a name that is no file of ours. A module that a student wrote beside
    the notebook lies in course/notebooks, and what the catalogue keeps is as students write it.
    """
    path = Path(filename)
    if path.is_absolute() and path.is_relative_to(PROJECT):
        parts = path.relative_to(PROJECT).parts
        if parts[0] in OWN_FOLDERS and parts[:2] != STUDENTS_FOLDER:
            return "project"
    return "library" if filename.startswith(("<frozen", *LIBRARY_FOLDERS)) else "notebook"
