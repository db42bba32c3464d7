"""The outcomes of right and of mistaken answers on the public inputs, as the build stores them.

One file a unit, one observation a line: a line `{"exercise": …}` opens an exercise, the right
answer's observations follow, then for each mistake a line `{"mistake": …, "hint": …}` and its own;
`{"right": 5}` stands for the next five being those of the right answer.
So a change of one observation is a change of one line, and one exercise is read without the others.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from course.checks.diagnosis import Mistake
from course.checks.observation import Outcome

FOLDER = Path(__file__).with_name("outcomes")
DIGITS = 10
"""Significant digits kept: fewer than machines disagree on, more than any comparison needs."""


@dataclass(frozen=True)
class StoredOutcomes:
    """The outcomes of the right answer and of each known mistake, one for each observation."""

    right: tuple[Outcome, ...]
    mistakes: tuple[Mistake, ...]


@cache
def load_outcomes(unit: str, exercise: str) -> StoredOutcomes:
    """Read the stored outcomes of one exercise.

    Raises
    ------
    KeyError
        If none are stored.
    """
    heads: list[dict[str, str]] = []
    answers: list[list[Outcome]] = [[]]
    for stored in _read_records(unit, exercise):
        if "mistake" in stored:
            heads.append(stored)
            answers.append([])
        elif "right" in stored:
            start = len(answers[-1])
            answers[-1] += answers[0][start : start + stored["right"]]
        else:
            answers[-1].append(decode(stored))
    right, *wrong = map(tuple, answers)
    return StoredOutcomes(
        right=right,
        mistakes=tuple(
            Mistake(head["mistake"], head["hint"], outcomes)
            for head, outcomes in zip(heads, wrong, strict=True)
        ),
    )


@cache
def known_mistakes(unit: str) -> dict[str, tuple[str, ...]]:
    """Return the names of the known mistakes of each exercise of a unit."""
    found: dict[str, list[str]] = {}
    for line in (FOLDER / f"{unit}.jsonl").read_text(encoding="utf-8").splitlines():
        if line.startswith('{"exercise": '):
            found[json.loads(line)["exercise"]] = names = []
        elif line.startswith('{"mistake": '):
            names.append(json.loads(line)["mistake"])
    return {exercise: tuple(mistakes) for exercise, mistakes in found.items()}


def dump(unit: Mapping[str, StoredOutcomes]) -> str:
    """Return the file's text for the outcomes of a unit's exercises."""
    return "".join(f"{line}\n" for name, stored in unit.items() for line in _lines(name, stored))


def _lines(exercise: str, stored: StoredOutcomes) -> Iterator[str]:
    yield _line({"exercise": exercise})
    right = [_line(encode(outcome)) for outcome in stored.right]
    yield from right
    for mistake in stored.mistakes:
        yield _line({"mistake": mistake.name, "hint": mistake.hint})
        own = (_line(encode(outcome)) for outcome in mistake.outcomes)
        pairs = zip(own, right, strict=True)
        for is_right, run in groupby(pairs, key=lambda pair: pair[0] == pair[1]):
            lines = [line for line, _ in run]
            yield from [_line({"right": len(lines)})] if is_right else lines


def _line(stored: Any) -> str:
    return json.dumps(stored, ensure_ascii=False, allow_nan=False)


def _read_records(unit: str, exercise: str) -> list[Any]:
    """Parse the lines of one exercise."""
    text = "\n" + (FOLDER / f"{unit}.jsonl").read_text(encoding="utf-8")
    _, opened, rest = text.partition(f"\n{_line({'exercise': exercise})}\n")
    if not opened:
        raise KeyError(f"{unit} has no stored outcomes of {exercise!r}; run `autograder build`")
    lines, _, _ = rest.removesuffix("\n").partition('\n{"exercise": ')
    stored: list[Any] = json.loads("[" + lines.replace("\n", ",") + "]")
    return stored


def encode(outcome: Outcome) -> Any:
    """Turn an outcome into JSON. Floats keep `DIGITS` digits; NaN and infinity become strings."""
    if outcome.raised:
        return {"raised": outcome.raised, "message": outcome.message}
    return {"value": _encode(outcome.value)}


def decode(stored: Any) -> Outcome:
    """Turn JSON back into an outcome."""
    if "raised" in stored:
        return Outcome(raised=stored["raised"], message=stored["message"])
    return Outcome(value=_decode(stored["value"]))


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
