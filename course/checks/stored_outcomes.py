"""What right and mistaken answers give on the public inputs, as the build stored it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from course.checks.diagnosis import Mistake
from course.checks.observation import Seen

FOLDER = Path(__file__).with_name("outcomes")
DIGITS = 10
"""Significant digits kept: fewer than machines disagree on, more than any comparison needs."""


@dataclass(frozen=True)
class Values:
    """What the right answer and each known mistake give, observation by observation."""

    right: tuple[Seen, ...]
    mistakes: tuple[Mistake, ...]


@cache
def load(unit: str, exercise: str) -> Values:
    """Read the stored values of one exercise."""
    stored = json.loads((FOLDER / f"{unit}.json").read_text(encoding="utf-8"))[exercise]
    return Values(
        right=tuple(decode(item) for item in stored["right"]),
        mistakes=tuple(
            Mistake(item["mistake"], item["hint"], tuple(decode(seen) for seen in item["seen"]))
            for item in stored["mistakes"]
        ),
    )


def encode(seen: Seen) -> Any:
    """Turn a note into JSON. Floats keep `DIGITS` digits; NaN and infinity become words."""
    return {"raised": seen.raised} if seen.raised else {"value": _encode(seen.value)}


def decode(stored: Any) -> Seen:
    """Turn JSON back into a note."""
    if "raised" in stored:
        return Seen(raised=stored["raised"])
    return Seen(value=_decode(stored["value"]))


def _encode(value: Any) -> Any:
    if isinstance(value, dict):
        return {"dict": {key: _encode(item) for key, item in value.items()}}
    if isinstance(value, tuple):
        return {"tuple": [_encode(item) for item in value]}
    if isinstance(value, np.ndarray):
        return {"shape": list(value.shape), "array": [_number(item) for item in value.flat]}
    if isinstance(value, bool | str) or value is None:
        return {"word": value}
    return {"number": _number(value)}


def _decode(stored: Any) -> Any:
    match stored:
        case {"dict": items}:
            return {key: _decode(item) for key, item in items.items()}
        case {"tuple": items}:
            return tuple(_decode(item) for item in items)
        case {"array": items, "shape": shape}:
            return np.array([_parse(item) for item in items]).reshape(shape)
        case {"word": word}:
            return word
        case {"number": number}:
            return _parse(number)
    raise ValueError(f"not a stored value: {stored!r}")


def _number(value: Any) -> Any:
    if isinstance(value, complex | np.complexfloating):
        return {"re": _number(value.real), "im": _number(value.imag)}
    if isinstance(value, int | np.integer | np.bool_):
        return int(value)
    return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else str(float(value))


def _parse(stored: Any) -> Any:
    if isinstance(stored, dict):
        return complex(_parse(stored["re"]), _parse(stored["im"]))
    return float(stored) if isinstance(stored, str) else stored
