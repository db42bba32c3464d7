"""The messages between browser and kernel; their one schema is ``messages.schema.json`` beside.

The browser's types are made from the schema (``tools/javascript.sh``); here requests are read and
the kernel's messages are written. Both are tested against the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

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


def read_request(content: object) -> Request:
    """Return the request in a message's `content`.

    Raises
    ------
    MalformedRequestError
        If an entry is missing, unknown, or of another type; the message names it.
    """
    if not isinstance(content, Mapping):
        raise MalformedRequestError(f"a request is an object, not {type(content).__name__}")
    missing = [name for name in _ENTRIES if name not in content]
    unknown = [str(name) for name in content if name not in _ENTRIES]
    if missing or unknown:
        found = [f"lacks {', '.join(missing)}"] if missing else []
        found += [f"has an unknown {', '.join(unknown)}"] if unknown else []
        raise MalformedRequestError(f"the request {' and '.join(found)}")
    for name, (is_right, expected) in _ENTRIES.items():
        if not is_right(content[name]):
            short = repr(content[name])[:80]
            raise MalformedRequestError(f"the request's {name} is {short}; expected {expected}")
    return Request(**(dict(content) | {"number": int(content["number"])}))


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


def _is_values(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(entry, str | int | float) for entry in value.values()
    )


def _is_names(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(entry, str) for entry in value)


_ENTRIES: dict[str, tuple[Callable[[object], bool], str]] = {
    "view": (_is_name, "a name"),
    "number": (_is_count, "a whole number from 1"),
    "kind": (lambda value: value in KINDS, f"one of {', '.join(KINDS)}"),
    "values": (_is_values, "a number, a text or a truth value for each control"),
    "priority": (lambda value: isinstance(value, str), "a control's key, or nothing"),
    "known": (_is_names, "a list of keys"),
}
