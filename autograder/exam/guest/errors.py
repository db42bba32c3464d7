"""Exceptions across the wire: the name of their class, their words, the line they came from."""

import ast
import builtins
import linecache
import traceback
from typing import Any

import numpy as np

from .frames import WireError

MAX_LENGTH = 2000
"""Characters of a message that are passed."""
MOST_LINES = 20_000
KNOWN: dict[str, type[Exception]] = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
}
KNOWN["LinAlgError"] = np.linalg.LinAlgError
SHOWN_AS: dict[str, type[Exception]] = {
    # Raised inside a test's loop they would end the loop, and what was to be looked at with it.
    "StopIteration": RuntimeError,
    "StopAsyncIteration": RuntimeError,
    "KeyboardInterrupt": TimeoutError,
}
KNOWN |= SHOWN_AS


def told(error: BaseException) -> tuple[Any, ...]:
    """Return what is passed: names of its classes, its message, the cell's line and its text."""
    try:
        names = [str(kind.__name__) for kind in type(error).__mro__][:10]
        message = (error.args[0] if _quotes(error) else str(error))[:MAX_LENGTH]
        line, text = _place(error)
    except BaseException:  # a student's class may do anything when it is asked for its words
        names, message, line, text = ["Exception"], "", 0, ""
    if "KeyboardInterrupt" in names:
        message = "it took too long and was stopped"
    return (names, message, line, text)


def _quotes(error: BaseException) -> bool:
    """Tell whether the words of an exception are its argument in quotes, as KeyError's are."""
    return isinstance(error, KeyError) and len(error.args) == 1 and type(error.args[0]) is str


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
            error = _made(names[0][:80], known, message[:MAX_LENGTH])
            return _placed(error, line, text[:200]) if line else error
    raise WireError("an exception that is none")


def _made(name: str, known: type[Exception], message: str) -> Exception:
    for kind in known.__mro__:  # UnicodeDecodeError and the like want more than words
        try:
            error = kind(message)
            break
        except TypeError:
            continue
    if name == kind.__name__ or name in SHOWN_AS or not name.isidentifier():
        return error
    return type(name, (kind,), {})(message)


def is_cell(filename: str) -> bool:
    """Tell whether code of that name is a cell of this interpreter's."""
    return "/ipykernel_" in filename


def _place(error: BaseException) -> tuple[int, str]:
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if is_cell(frame.filename):
            return min(frame.lineno or 0, MOST_LINES - 1), str(frame.line or "")[:200]
    return 0, ""


def _placed(error: Exception, line: int, text: str) -> Exception:
    """Raise and catch `error` on that line of a cell, so that its traceback says so."""
    name = f"<ipython-input of the candidate, {line}, {hash(text):x}>"
    where: Any = {"lineno": line, "col_offset": 0, "end_lineno": line, "end_col_offset": 0}
    body = ast.Raise(exc=ast.Name("error", ast.Load(), **where), **where)
    code = compile(ast.Module([body], []), name, "exec")
    linecache.cache[name] = (len(text), None, [""] * (line - 1) + [text], name)
    try:
        exec(code, {"error": error, "__builtins__": {}})
    except Exception as raised:
        return raised
    return error
