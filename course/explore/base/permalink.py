"""A whole state as one short line to paste: ``descent?learning_rate=0.3&momentum=0``.

The same line, after a ``#``, is a link in prose that sets the sliders. Where nothing is drawn by
hand, nothing of it is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

from course.explore.base.controls import Control, nearest_name

MOMENT = "now"
"""The entry of a link that holds the moment of the timeline."""


def write_permalink(name: str, values: Mapping[str, Any]) -> str:
    """Return the permalink of the explorable called `name` at state `values`."""
    entries = []
    for key, value in values.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if not text:  # nothing drawn
            continue
        if isinstance(value, float):
            text = text.removesuffix(".0")
        entries.append(f"{key}={quote(text, safe=',;')}")
    return f"{name}?{'&'.join(entries)}"


def read_permalink(permalink: str, name: str, controls: Sequence[Control]) -> dict[str, Any]:
    """Return the state that `permalink` holds.

    Raises
    ------
    ValueError
        If the permalink is of another explorable, is cut off, lacks or repeats an entry, names an
        unknown one, or holds a value out of range.
    """
    if not isinstance(permalink, str) or "?" not in permalink:
        raise ValueError(f"not a permalink: {permalink!r}; a permalink reads '{name}?…'")
    named, _, entries = permalink.strip().removeprefix("#").partition("?")
    if named != name:
        raise ValueError(f"this permalink is of {named!r}, not of {name!r}")
    by_key = {control.key: control for control in controls}
    if MOMENT not in by_key:  # a copied link's: where the time stood, which is no part of the state
        entries = "&".join(e for e in entries.split("&") if not e.startswith(f"{MOMENT}="))
    values: dict[str, Any] = {}
    for entry in entries.split("&") if entries else []:
        key, _, text = entry.partition("=")
        if not text:
            raise ValueError(f"the permalink is cut off or broken at {entry!r}; expected key=value")
        if key not in by_key:
            raise ValueError(f"the permalink names {key!r}; {nearest_name(key, by_key)}")
        if key in values:
            raise ValueError(f"the permalink gives {key!r} twice")
        values[key] = by_key[key].parse(unquote(text))
    missing = [key for key in by_key if key not in values]
    drawn = [key for key in missing if "" in by_key[key].positions()]
    lost = [key for key in missing if key not in drawn]
    if lost:
        raise ValueError(f"the permalink lacks {', '.join(lost)}; it may be cut off")
    return values | dict.fromkeys(drawn, "")
