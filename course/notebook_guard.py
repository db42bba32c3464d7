"""Keeps the course's own solutions from being called by a notebook.

Explorables need a fast network and a fast ROC curve, which exercises ask the student to write. A
function decorated with `library_only` raises `ReferenceUsedError` if a notebook's code calls it.
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


class ReferenceUsedError(RuntimeError):
    """A notebook called the course's own version of a function that an exercise asks for."""

    def __init__(self, module: str, name: str) -> None:
        super().__init__(
            f"{module}.{name} is the course's own: write yours. "
            "Explorables may use it, answers may not"
        )


def library_only(function: Callable[P, T]) -> Callable[P, T]:
    """Let only this project's modules call `function`, not notebook code.

    The caller is the innermost frame that is not a library's, so that a call by way of NumPy or
    `functools` counts as the call of the code behind it.
    """

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        frame = sys._getframe(1)
        while (origin := _origin(frame.f_code.co_filename)) == "library" and frame.f_back:
            frame = frame.f_back
        if origin != "project":
            raise ReferenceUsedError(function.__module__, function.__name__)
        return function(*args, **kwargs)

    return guarded


@cache
def _origin(filename: str) -> str:
    """Return whose code a file is: "project", "library" or "notebook".

    The file name of a notebook cell is outside the project. A module that a student wrote beside
    the notebook is in course/notebooks; an answer of the catalogue counts as a student's too.
    """
    path = Path(filename)
    if path.is_absolute() and path.is_relative_to(PROJECT):
        parts = path.relative_to(PROJECT).parts
        if parts[0] in OWN_FOLDERS and parts[:2] != STUDENTS_FOLDER:
            return "project"
    return "library" if filename.startswith(("<frozen", *LIBRARY_FOLDERS)) else "notebook"
