"""Exceptions across the wire: their class's name, their words, the line of the cell they came from."""

import ast
import builtins
import linecache
import traceback
from typing import Any

import numpy as np

from .frames import WireError

LONGEST = 2000
"""Characters of a message that are passed."""
MOST_LINES = 20_000
KNOWN: dict[str, type[Exception]] = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
}
KNOWN["LinAlgError"] = np.linalg.LinAlgError
for _name in ("StopIteration", "StopAsyncIteration"):
    # Raised inside a test's loop it would end the loop, and what was to be looked at with it.
    KNOWN[_name] = RuntimeError
KNOWN["KeyboardInterrupt"] = TimeoutError


def told(error: BaseException) -> tuple[Any, ...]:
    """Return what is passed: the names of its classes, its message, the line of the cell, its text."""
    try:
        names = [str(kind.__name__) for kind in type(error).__mro__][:10]
        message = str(error)[:LONGEST]
        line, text = _place(error)
    except BaseException:  # a student's class may do anything when it is asked for its words
        names, message, line, text = ["Exception"], "", 0, ""
    if "KeyboardInterrupt" in names:
        message = "it took too long and was stopped"
    return (names, message, line, text)


def rebuilt(*parts: Any) -> Exception:
    """Return the exception that `parts` tell of.

    Its class is the first of the names that is a built-in exception's. Where the class has a name
    of its own it is a subclass with that name, so that it can be caught as well as told apart. Its
    traceback ends in the line of the student's cell.

    Raises
    ------
    WireError
        If the parts are no exception.
    """
    match parts:
        case (list(names), str(message), int(line), str(text)) if (
            names and all(type(name) is str for name in names) and 0 <= line < MOST_LINES
        ):
            known = next((KNOWN[name] for name in names if name in KNOWN), RuntimeError)
            error = _made(names[0][:80], known, message[:LONGEST])
            return _placed(error, line, text[:200]) if line else error
    raise WireError("an exception that is none")


def _made(name: str, known: type[Exception], message: str) -> Exception:
    try:
        error = known(message)
    except TypeError:  # UnicodeDecodeError and the like want more than words
        known = next(k for k in known.__mro__ if k in (ValueError, ImportError, Exception))
        error = known(message)
    if name in KNOWN or not name.isidentifier():
        return error
    return type(name, (known,), {})(message)


def _place(error: BaseException) -> tuple[int, str]:
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith("<ipython"):
            return min(frame.lineno or 0, MOST_LINES - 1), str(frame.line or "")[:200]
    return 0, ""


def _placed(error: Exception, line: int, text: str) -> Exception:
    """Raise and catch `error` on that line of a cell, so that its traceback says so."""
    name = f"<ipython-input of the candidate, {line}, {hash(text):x}>"
    where = {"lineno": line, "col_offset": 0, "end_lineno": line, "end_col_offset": 0}
    body = ast.Raise(exc=ast.Name("error", ast.Load(), **where), **where)
    code = compile(ast.Module([body], []), name, "exec")
    linecache.cache[name] = (len(text), None, [""] * (line - 1) + [text], name)
    try:
        exec(code, {"error": error, "__builtins__": {}})
    except Exception as raised:
        return raised
    return error
