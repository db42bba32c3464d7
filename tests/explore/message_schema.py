"""The messages between browser and kernel, judged by their schema and, byte by byte, by hand."""

from __future__ import annotations

import json
import math
import pathlib
from collections.abc import Collection
from functools import cache
from typing import Any

import jsonschema
import numpy as np

from course.explore.base import messages

SCHEMA = json.loads(
    pathlib.Path(messages.__file__).with_name("messages.schema.json").read_text(encoding="utf-8")
)
TYPES = {"f4": np.float32, "u1": np.uint8, "i4": np.int32, "u2": np.uint16}
MOST_VALUES = 65534
"""The largest 16-bit code of a number."""


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    schema = {"$defs": SCHEMA["$defs"], "$ref": f"#/$defs/{name}"} if name else SCHEMA
    return jsonschema.Draft202012Validator(schema)


def errors(message: object, name: str = "") -> list[str]:
    """Return what the schema's part `name`, or the whole of it, finds wrong with `message`."""
    sent = json.loads(json.dumps(message, allow_nan=False))
    return [error.message for error in _validator(name).iter_errors(sent)]


def check_message(message: dict[str, Any], buffers: Collection[bytes] = (), known: set[str] = ()):
    """Fail unless a message and its buffers are as the schema says, given the `known` arrays."""
    assert errors(message) == [], message
    assert len(buffers) == ("header" in message), "a header has one buffer"
    for buffer in buffers:
        check_layout(message["header"], buffer, known)


def check_layout(header: dict[str, Any], buffer: bytes, known: Collection[str] = ()) -> None:
    """Fail unless every frame of a block can be read out of its buffer."""
    count = math.prod(len(axis["values"]) for axis in header["axes"])
    assert len(header["summary"]) == count
    assert max(header["summary"]) < len(header["summaries"])
    assert all(len(v) == count for v in header["scalars"].values() if isinstance(v, list))
    for name, entry in header["arrays"].items():
        for place in range(count):
            values = read_array(header, buffer, name, place, known)
            assert values is None or values.shape[1:] == tuple(entry["shape"])


def read_array(
    header: dict[str, Any], buffer: bytes, name: str, place: int, known: Collection[str] = ()
) -> np.ndarray | None:
    """Return one array as the browser reads it; None where the browser knows it already.

    Written from the schema, not from `pack`.
    """
    entry = header["arrays"][name]
    i = entry["index"][place] if entry["index"] else place
    is_ragged = isinstance(entry["rows"], list)
    rows = entry["rows"][i] if is_ragged else entry["rows"]
    before = sum(entry["rows"][:i]) if is_ragged else i * rows
    width = math.prod(entry["shape"])
    kind = np.dtype(TYPES[entry["dtype"]])
    if "keys" in entry:
        assert len(entry["keys"]) == len(entry["starts"])
        first = entry["starts"][i]
        if first is None:
            assert entry["keys"][i] in known, f"{name} is neither sent nor known"
            return None
    else:
        first = entry["start"] + before * width * kind.itemsize
    values = np.frombuffer(buffer, kind, rows * width, first)
    if entry["dtype"] == "u2":
        codes = np.where(values > MOST_VALUES, np.nan, values)
        values = entry["low"] + (entry["high"] - entry["low"]) * codes / MOST_VALUES
        values = np.exp(values) if entry["log"] else values
    return values.reshape(rows, *entry["shape"])
