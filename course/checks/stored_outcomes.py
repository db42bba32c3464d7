"""What right and mistaken answers give on the public inputs, as the build stored it.

One file a unit, one observation a line: a line `{"exercise": …}` opens an exercise, the right
answer's observations follow, then for each mistake a line `{"mistake": …, "hint": …}` and its own.
So a change of one observation is a change of one line, and one exercise is read without the others.
"""

import json
from collections.abc import Iterator, Mapping
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
    """Read the stored values of one exercise.

    Raises
    ------
    KeyError
        If none are stored.
    """
    heads: list[dict[str, str]] = []
    answers: list[list[Seen]] = [[]]
    for stored in _stored(unit, exercise):
        if "mistake" in stored:
            heads.append(stored)
            answers.append([])
        else:
            answers[-1].append(decode(stored))
    right, *wrong = map(tuple, answers)
    return Values(
        right=right,
        mistakes=tuple(
            Mistake(head["mistake"], head["hint"], seen)
            for head, seen in zip(heads, wrong, strict=True)
        ),
    )


def dump(unit: Mapping[str, Values]) -> str:
    """Return the file's text for the values of a unit's exercises."""
    return "".join(f"{line}\n" for name, values in unit.items() for line in _lines(name, values))


def _lines(exercise: str, values: Values) -> Iterator[str]:
    yield _line({"exercise": exercise})
    yield from (_line(encode(seen)) for seen in values.right)
    for mistake in values.mistakes:
        yield _line({"mistake": mistake.name, "hint": mistake.hint})
        yield from (_line(encode(seen)) for seen in mistake.seen)


def _line(stored: Any) -> str:
    return json.dumps(stored, ensure_ascii=False, allow_nan=False)


def _stored(unit: str, exercise: str) -> list[Any]:
    """Parse the lines of one exercise."""
    text = "\n" + (FOLDER / f"{unit}.jsonl").read_text(encoding="utf-8")
    _, opened, rest = text.partition(f"\n{_line({'exercise': exercise})}\n")
    if not opened:
        raise KeyError(f"{unit} has no stored values of {exercise!r}; run `autograder build`")
    lines, _, _ = rest.removesuffix("\n").partition('\n{"exercise": ')
    stored: list[Any] = json.loads("[" + lines.replace("\n", ",") + "]")
    return stored


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
