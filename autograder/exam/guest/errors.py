"""Exceptions between interpreters: names of their classes, message, and line of the cell."""

import ast
import builtins
import linecache
import traceback
from typing import Any

import numpy as np

from .channel import ProtocolError

MAX_MESSAGE_LENGTH = 2000
"""Characters of an exception's message that are passed."""
MAX_LINES = 20_000
"""Lines of a cell whose number is passed."""
KNOWN: dict[str, type[Exception]] = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception)
}
KNOWN["LinAlgError"] = np.linalg.LinAlgError
SHOWN_AS: dict[str, type[Exception]] = {
    # Raised within a test's loop these would end the loop, and the test would pass.
    "StopIteration": RuntimeError,
    "StopAsyncIteration": RuntimeError,
    "KeyboardInterrupt": TimeoutError,
}
KNOWN |= SHOWN_AS


def to_parts(error: BaseException) -> tuple[Any, ...]:
    """Return what is passed: names of its classes, message, and the cell's line.

    Of the line its number, its text, and the function or method in which it stands.
    """
    try:
        names = [str(kind.__name__) for kind in type(error).__mro__][:10]
        message = (error.args[0] if _is_quoted(error) else str(error))[:MAX_MESSAGE_LENGTH]
        line, text, function = _cell_line(error)
    except BaseException:  # a student's class may do anything when it is turned into a string
        names, message, line, text, function = ["Exception"], "", 0, "", ""
    if "KeyboardInterrupt" in names:
        message = "it took too long and was stopped"
    return (names, message, line, text, function)


def _is_quoted(error: BaseException) -> bool:
    """Tell whether the message of an exception is its argument in quotes, as KeyError's is."""
    return isinstance(error, KeyError) and len(error.args) == 1 and type(error.args[0]) is str


def from_parts(*parts: Any) -> Exception:
    """Return the exception that `to_parts` described.

    Its class is the first built-in exception among the names. If its own class is another, it is a
    subclass with that name, so that it can be caught and still be told apart. Its traceback ends in
    the line of the student's cell.

    Raises
    ------
    ProtocolError
        If the parts describe no exception.
    """
    match parts:
        case (list(names), str(message), int(line), str(text), str(function)) if (
            names and all(type(name) is str for name in names) and 0 <= line < MAX_LINES
        ):
            known = next((KNOWN[name] for name in names if name in KNOWN), RuntimeError)
            error = _instantiate(names[0][:80], known, message[:MAX_MESSAGE_LENGTH])
            return _raised_at(error, line, text[:200], function[:200]) if line else error
    raise ProtocolError("a malformed exception")


def _instantiate(name: str, known: type[Exception], message: str) -> Exception:
    for kind in known.__mro__:  # UnicodeDecodeError and the like take more than a message
        try:
            error: Exception = kind(message)
            break
        except TypeError:
            continue
    if name == kind.__name__ or name in SHOWN_AS or not name.isidentifier():
        return error
    renamed: Exception = type(name, (kind,), {})(message)
    return renamed


def is_cell(filename: str) -> bool:
    """Tell whether code of that file name is a cell of this interpreter."""
    return "/ipykernel_" in filename


def _cell_line(error: BaseException) -> tuple[int, str, str]:
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        code = frame.f_code
        if is_cell(code.co_filename):
            text = linecache.getline(code.co_filename, line).strip()
            function = code.co_qualname.partition(".<locals>")[0]
            return min(line, MAX_LINES - 1), text[:200], function[:200]
    return 0, "", ""


def _raised_at(error: Exception, line: int, text: str, function: str) -> Exception:
    """Raise and catch `error` on that line of a cell, so that its traceback ends there.

    The frame bears the name of the student's function.
    """
    name = f"<ipython-input of the candidate, {line}, {hash(text):x}>"
    where: Any = {"lineno": line, "col_offset": 0, "end_lineno": line, "end_col_offset": 0}
    body = ast.Raise(exc=ast.Name("error", ast.Load(), **where), **where)
    code = compile(ast.Module([body], []), name, "exec").replace(co_qualname=function)
    linecache.cache[name] = (len(text), None, [""] * (line - 1) + [text], name)
    try:
        exec(code, {"error": error, "__builtins__": {}})
    except Exception as raised:
        return raised
    return error
