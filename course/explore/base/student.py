"""Calls a student's own function, and says in plain words what went wrong when something does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course.models.fallback import fallback_sentence, unwritten


class StudentMistakeError(Exception):
    """What a student's function did wrong, as one sentence to show in the summary line."""


def written_or_none(
    function: Callable[..., Any] | None,
) -> tuple[Callable[..., Any] | None, str]:
    """Return a student's function and "", or None and a sentence while it is not written yet.

    With None an explorable uses the course's own version, and begins its summary with the sentence,
    which ends with a space.
    """
    missing = unwritten(function) if function is not None else []
    if function is None or not missing:
        return function, ""
    return None, f"{fallback_sentence(function.__name__, missing)} "


def failed(name: str, wrong: Exception) -> StudentMistakeError:
    """Return what to raise where a student's `name` has raised `wrong`.

    Examples
    --------
    >>> print(failed("bump", ZeroDivisionError("division by zero")))
    Your bump raises ZeroDivisionError: division by zero.
    >>> print(failed("bump", NotImplementedError()))
    Your bump raises NotImplementedError.
    """
    text = f": {wrong}" if str(wrong) else ""
    return StudentMistakeError(f"Your {name} raises {type(wrong).__name__}{text}.")


def call_student(function: Callable[..., Any], *args: object, shape: tuple[int, ...]) -> np.ndarray:
    """Return ``function(*args)`` as a float array of `shape`.

    Array arguments are passed read-only: a function that changes its input gets an error.

    Raises
    ------
    StudentMistakeError
        If the function raises, returns another shape or kind, or numbers that are not finite
        though all its inputs are.
    """
    name = getattr(function, "__name__", "function")
    given = [_read_only(value) if isinstance(value, np.ndarray) else value for value in args]
    try:
        with np.errstate(all="ignore"):
            answer = function(*given)
    except Exception as wrong:
        if "read-only" in str(wrong):
            raise StudentMistakeError(f"Your {name} changes its input; work on a copy.") from wrong
        raise failed(name, wrong) from wrong
    if answer is None:
        raise StudentMistakeError(f"Your {name} returns None; is a return missing?")
    try:
        values = np.asarray(answer, dtype=float)
    except (TypeError, ValueError):
        kind = type(answer).__name__
        raise StudentMistakeError(
            f"Your {name} returns {kind}; expected numbers of shape {shape}."
        ) from None
    if values.shape != shape:
        raise StudentMistakeError(f"Your {name} returns shape {values.shape}; expected {shape}.")
    if not np.isfinite(values).all():
        raise StudentMistakeError(f"Your {name} returns {answer}; expected finite numbers.")
    return values


def _read_only(array: np.ndarray) -> np.ndarray:
    view = array.view()
    view.flags.writeable = False
    return view
