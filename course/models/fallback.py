"""Lets a notebook go on while an exercise in it is not written yet, with the course's own version.

A cell below an exercise says ``working(recall)(…)``: the student's own `recall`, or while that
still raises NotImplementedError, the course's, and a line says so. No answer can be made of it: see
`course.models.own.stand_in`.
"""

import dis
from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from types import CodeType, FunctionType
from typing import Any

from course.grading_mode import is_graded

MODULES = (
    "linear_regression",
    "perceptron",
    "backpropagation",
    "keras_mnist",
    "roc",
    "memory",
    "autoencoders",
)
"""Modules of `course.models.own`, one a unit; imported when one is needed."""

_printed: set[tuple[Any, str]] = set()


def working(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return `function`, or the course's own version of it while it is not written yet.

    In the second case a line is printed, once in each cell.

    Raises
    ------
    NotImplementedError
        If `function` is not written and there is no other version: it is no exercise.
    """
    missing = unwritten(function)
    if not missing or is_graded():
        return function
    name = function.__name__
    version = find_version(name)
    if version is None:
        raise NotImplementedError(f"{name} is not written yet, and the course has no version of it")
    _print_once(fallback_sentence(name, missing))
    return _callable_from_notebook(version)


def find_version(name: str) -> Callable[..., Any] | None:
    """Return the course's own version of the exercise's function `name`, None if it has none."""
    modules = [import_module(f"course.models.own.{unit}") for unit in MODULES]
    return next((vars(module)[name] for module in modules if name in vars(module)), None)


def unwritten(function: Callable[..., Any]) -> list[str]:
    """Return the names of functions that still raise NotImplementedError: this one and its own.

    A function's own are those of the same notebook that it calls, and those they call.
    """
    return list(dict.fromkeys(_unwritten(function, set())))


def fallback_sentence(name: str, missing: list[str]) -> str:
    """Say that the course's own version of `name` is used, and which functions are missing.

    Examples
    --------
    >>> fallback_sentence("recall", ["recall"])
    "recall is not written yet: the course's own is used here."
    >>> fallback_sentence("recall", ["hopfield_energy"])
    "hopfield_energy, which recall calls, is not written yet: the course's own recall is used here."
    """
    if name in missing:
        return f"{name} is not written yet: the course's own is used here."
    *others, last = missing
    names, verb = (f"{', '.join(others)} and {last}", "are") if others else (last, "is")
    missed = f"{names}, which {name} calls, {verb} not written yet"
    return f"{missed}: the course's own {name} is used here."


def _unwritten(function: Any, seen: set[int]) -> Iterator[str]:
    if id(function) in seen:
        return
    seen.add(id(function))
    if isinstance(function, type):
        methods = [part for part in vars(function).values() if isinstance(part, FunctionType)]
        if any(_raises(part.__code__) for part in methods):
            yield function.__name__
        return
    if not isinstance(function, FunctionType):
        return
    if _raises(function.__code__):
        yield function.__name__
    for name in _names(function.__code__):
        called = function.__globals__.get(name)
        if getattr(called, "__module__", "") == function.__module__:
            yield from _unwritten(called, seen)


def _raises(code: CodeType) -> bool:
    """Tell whether a stub's line is still there and can be reached."""
    return "NotImplementedError" in _names(code)


def _names(code: CodeType) -> set[str]:
    """Return the global names that a function's code reads, inner functions included."""
    names = {
        str(step.argval)
        for step in dis.get_instructions(code)
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    }
    inner = [_names(part) for part in code.co_consts if isinstance(part, CodeType)]
    return names.union(*inner)


def _print_once(sentence: str) -> None:
    """Print a sentence, once in each cell of a notebook."""
    from IPython.core.getipython import get_ipython

    key = getattr(get_ipython(), "execution_count", None), sentence
    if key not in _printed:
        _printed.add(key)
        print(sentence)


def _callable_from_notebook(version: Callable[..., Any]) -> Callable[..., Any]:
    """Return a version under the same name that a notebook's code may call."""

    @wraps(version, updated=())
    def called(*args: Any, **kwargs: Any) -> Any:
        return version(*args, **kwargs)

    del called.__wrapped__  # type: ignore[attr-defined]
    return called
