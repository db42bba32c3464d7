"""The messages between browser and kernel; their one schema is ``messages.schema.json`` beside.

The browser's types are made from the schema (``tools/javascript.sh``); here requests are read and
the kernel's messages are written. Both are tested against the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from course.explore.base.sums import Arithmetic, Pick

KINDS = ("prefetch", "frame", "next_frame")
"""What a view may ask for."""

Message = dict[str, Any]


class MalformedRequestError(ValueError):
    """A request that the schema does not allow."""


@dataclass(frozen=True)
class Request:
    """What a view asks for.

    Parameters
    ----------
    view
        Which view asks.
    number
        Rises with each request of a view.
    kind
        One of `KINDS`.
    values
        Where the controls stand in the view.
    priority
        Key of the control in the reader's hand; empty for none.
    known
        Keys of the background arrays that need not be sent again.
    """

    view: str
    number: int
    kind: str
    values: Mapping[str, Any]
    priority: str
    known: Sequence[str]


@dataclass(frozen=True)
class ArithmeticQuestion:
    """What a view asks about one thing of its picture.

    Parameters
    ----------
    view, number
        As of a `Request`, but counted for themselves: a question supersedes no frames.
    values
        Where the controls stand in the view.
    pick
        What the reader points at.
    """

    view: str
    number: int
    values: Mapping[str, Any]
    pick: Pick


def read_message(content: object) -> Request | ArithmeticQuestion:
    """Return the request or the question in a message's `content`.

    Raises
    ------
    MalformedRequestError
        If an entry is missing, unknown, or of another type; the message names it.
    """
    if isinstance(content, Mapping) and content.get("kind") == "arithmetic":
        _check(content, _QUESTION, "question")
        _check(content["pick"], _PICK, "question's pick")
        given = {name: content[name] for name in ("view", "values")}
        pick = {k: int(v) if k in _PLACES else v for k, v in content["pick"].items()}
        return ArithmeticQuestion(**given, number=int(content["number"]), pick=Pick(**pick))
    _check(content, _ENTRIES, "request")
    assert isinstance(content, Mapping)
    return Request(**(dict(content) | {"number": int(content["number"])}))


def _check(content: object, entries: Entries, what: str) -> None:
    """Raise MalformedRequestError unless `content` has exactly these entries, all right."""
    if not isinstance(content, Mapping):
        raise MalformedRequestError(f"a {what} is an object, not {type(content).__name__}")
    missing = [name for name in entries if name not in content]
    unknown = [str(name) for name in content if name not in entries]
    if missing or unknown:
        found = [f"lacks {', '.join(missing)}"] if missing else []
        found += [f"has an unknown {', '.join(unknown)}"] if unknown else []
        raise MalformedRequestError(f"the {what} {' and '.join(found)}")
    for name, (is_right, expected) in entries.items():
        if not is_right(content[name]):
            short = repr(content[name])[:80]
            raise MalformedRequestError(f"the {what}'s {name} is {short}; expected {expected}")


def block_message(request: Request, header: Mapping[str, Any]) -> Message:
    """Return a part of the response; the block's buffer travels beside it."""
    return {"kind": "block", "view": request.view, "number": request.number, "header": header}


def done_message(request: Request) -> Message:
    """Return the end of the response."""
    return {"kind": "done", "view": request.view, "number": request.number}


def error_message(request: Request, error: Exception) -> Message:
    """Return what the reader sees in place of a response."""
    text = f"{type(error).__name__}: {error}"
    return {"kind": "error", "view": request.view, "number": request.number, "text": text}


def arithmetic_message(question: ArithmeticQuestion, arithmetic: Arithmetic) -> Message:
    """Return the numbers that were asked for."""
    head = {"kind": "arithmetic", "view": question.view, "number": question.number}
    return head | {"arithmetic": arithmetic.to_wire(), "text": ""}


def no_arithmetic_message(question: ArithmeticQuestion, error: Exception) -> Message:
    """Return what the reader sees in place of the numbers."""
    head = {"kind": "arithmetic", "view": question.view, "number": question.number}
    return head | {"arithmetic": None, "text": f"{type(error).__name__}: {error}"}


def refusal_message(content: object, error: MalformedRequestError) -> Message:
    """Return the response to a malformed request, to its view and number where it gives them."""
    given = content if isinstance(content, Mapping) else {}
    view, number = given.get("view"), given.get("number")
    return {
        "kind": "error",
        "view": view if _is_name(view) else "",
        "number": int(number) if _is_count(number) else 0,
        "text": str(error),
    }


def update_message(header: Mapping[str, Any]) -> Message:
    """Return what every view gets, without a request, when the frame has changed by itself."""
    return {"kind": "update", "header": header}


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_count(value: object) -> TypeGuard[int | float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value >= 1 and value == value // 1  # JSON does not tell 1 from 1.0


def _is_place(value: object) -> TypeGuard[int | float]:
    return (_is_number(value) and value in (-1, 0)) or _is_count(value)  # −1: at none


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_values(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(entry, str | int | float) for entry in value.values()
    )


def _is_names(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(entry, str) for entry in value)


Entries = Mapping[str, tuple[Callable[[object], bool], str]]

_PLACES = ("panel", "layer", "item")
_ENTRIES: Entries = {
    "view": (_is_name, "a name"),
    "number": (_is_count, "a whole number from 1"),
    "kind": (lambda value: value in KINDS, f"one of {', '.join(KINDS)}"),
    "values": (_is_values, "a number, a text or a truth value for each control"),
    "priority": (lambda value: isinstance(value, str), "a control's key, or nothing"),
    "known": (_is_names, "a list of keys"),
}
_QUESTION: Entries = {
    "view": _ENTRIES["view"],
    "number": _ENTRIES["number"],
    "kind": (lambda value: value == "arithmetic", "arithmetic"),
    "values": _ENTRIES["values"],
    "pick": (lambda value: isinstance(value, Mapping), "what is pointed at"),
}
_PICK: Entries = {
    "panel": (lambda value: _is_place(value) and value != -1, "a whole number from 0"),
    "layer": (_is_place, "a whole number from −1"),
    "item": (_is_place, "a whole number from −1"),
    "x": (_is_number, "a number"),
    "y": (_is_number, "a number"),
    "time": (lambda value: _is_number(value) and 0 <= value <= 1, "a number from 0 to 1"),
    "start": (_is_number, "a number"),
}
