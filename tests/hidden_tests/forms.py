"""Right answers, and what they take and return in other forms or with one entry off."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from autograder.authoring import catalogue
from autograder.authoring.reference import namespace


def each_array(result: Any, change: Callable[[np.ndarray], Any]) -> Any:
    """Apply `change` to every array of a result, however nested; whole numbers stay."""
    if isinstance(result, list | tuple):
        return type(result)(each_array(item, change) for item in result)
    return result if isinstance(result, int) else change(np.asarray(result, dtype=float))


def _read_only(array: np.ndarray) -> np.ndarray:
    copy = np.array(array)
    copy.flags.writeable = False
    return copy


FORMS: dict[str, Callable[[np.ndarray], Any]] = {
    "list": lambda array: array.tolist(),
    "Fortran order": lambda array: np.array(array, order="F"),
    "strided": lambda array: np.repeat(array[None], 2, axis=0)[::2][0],
    "reversed twice": lambda array: array[::-1].copy()[::-1] if array.ndim else array,
    "long double": lambda array: array.astype(np.longdouble),
    "zero-dimensional": lambda array: array[()] if array.ndim else np.array(float(array)),
    "read-only": _read_only,
}


def in_form(function: Callable[..., Any], form: str) -> Callable[..., Any]:
    """Return `function` with its results in another of the `FORMS`."""

    def formed(*arguments: Any, **named: Any) -> Any:
        return each_array(function(*arguments, **named), FORMS[form])

    return formed


def perturbed(function: Callable[..., Any], place: int, size: float) -> Callable[..., Any]:
    """Return `function` with one entry of one array of each result off.

    Parameters
    ----------
    place
        Any number from 0; picks the array and the entry.
    size
        By how much, as a share of the array's largest entry; below 0 for down.
    """

    def off(*arguments: Any, **named: Any) -> Any:
        result = function(*arguments, **named)
        count = 0

        def tally(array: np.ndarray) -> np.ndarray:
            nonlocal count
            count += 1
            return array

        each_array(result, tally)
        chosen, seen = place % count, 0

        def change(array: np.ndarray) -> np.ndarray:
            nonlocal seen
            seen += 1
            if seen - 1 != chosen:
                return array
            moved = np.array(array)
            moved.reshape(-1)[place % moved.size] += size * max(np.abs(array).max(), 1e-3)
            return moved

        return each_array(result, change)

    return off


def right_answers(unit: str, exercise: str, *names: str) -> list[Any]:
    """Return a parameter set for each right answer: the functions `names`, or the exercise's."""
    made = []
    for answer in catalogue.answers(unit, exercise):
        if answer.verdict == "right":
            scope = namespace(unit)
            exec(compile(answer.source, f"<{exercise}>", "exec"), scope)
            functions = [scope[name] for name in names or (exercise,)]
            made.append(pytest.param(*functions, id=answer.path.stem))
    return made


def in_another_form(array: np.ndarray, kind: str, order: str) -> Any:
    """Return an argument as another dtype or a list, in another order in memory."""
    if kind == "list":
        return array.tolist()
    made = np.asarray(array, dtype=kind)
    if order == "strided":
        return np.repeat(made, 2, axis=0)[::2]
    return np.asfortranarray(made) if order == "F" else made


INPUT_FORMS = {
    "kind": st.sampled_from(["float64", "float32", "int64", "list"]),
    "order": st.sampled_from(["C", "F", "strided"]),
    "seed": st.integers(0, 2**32 - 1),
}
"""Arguments of hypothesis's `given` for `in_another_form`, and a seed."""
