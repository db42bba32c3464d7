"""A prediction as it is kept: in a file beside the notebook, and in the cell's saved output.

A record is ``{"version": 1, "name": …, "value": …}``, or ``{"version": 1, "name": …, "skipped":
true}``. Whoever reads one trusts nothing in it: students can write into both.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course.predictions.question import PredictionError, PredictionQuestion
from course.predictions.questions import UnknownQuestionError, question_named

MIME = "application/vnd.descent.prediction+json"
"""The media type of a record in a cell's output."""
FILE = "predictions.json"
"""Beside the notebook: what has been committed and skipped, by name."""
VERSION = 1
MOST_BYTES = 200_000
"""Of the file; that of a unit has some hundred."""

Given = dict[str, Any]
"""What a reader has given: ``{}`` while nothing, ``{"value": …}`` or ``{"skipped": True}``."""


def check_given(question: PredictionQuestion, given: object) -> Given:
    """Return what a reader has given, its value checked by the question.

    Raises
    ------
    PredictionError
        If it is anything else.
    """
    match given:
        case {"value": value, **rest} if not rest:
            return {"value": question.check(value)}
        case {"skipped": True, **rest} if not rest:
            return {"skipped": True}
        case {**rest} if not rest:
            return {}
    raise PredictionError("it is neither a value nor skipped")


def as_record(question: PredictionQuestion, given: Given) -> dict[str, Any]:
    """Return the record of what a reader has given."""
    return {"version": VERSION, "name": question.name, **given}


def read_record(record: object) -> tuple[PredictionQuestion, Given]:
    """Return the question that a record belongs to, and what was given.

    Raises
    ------
    PredictionError
        If it is no record; the message says why.
    """
    if not isinstance(record, Mapping):
        raise PredictionError("it is no record")
    name = record.get("name")
    if record.get("version") != VERSION or not isinstance(name, str):
        raise PredictionError("it has another version or no name")
    try:
        question = question_named(name)
    except UnknownQuestionError:
        raise PredictionError(f"the course asks no {name[:40]!r}") from None
    rest = {key: item for key, item in record.items() if key not in ("version", "name")}
    try:
        return question, check_given(question, rest)
    except PredictionError as error:
        raise PredictionError(f"{name!r}: {error}") from None


def read_kept(question: PredictionQuestion, folder: Path) -> Given:
    """Return what is kept for a question beside the notebook; ``{}`` if that cannot be read."""
    with contextlib.suppress(PredictionError):
        return check_given(question, _read_file(folder / FILE).get(question.name, {}))
    return {}


def keep(question: PredictionQuestion, given: Given, folder: Path) -> None:
    """Keep what a reader has given; a file that cannot be read is moved aside first.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    path = folder / FILE
    kept = _read_file(path)
    if not kept and path.exists():
        path.replace(path.with_suffix(".unreadable.json"))
    kept[question.name] = given
    fresh = path.with_suffix(".part")
    text = json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True)
    fresh.write_text(f"{text}\n", encoding="utf-8")
    fresh.replace(path)  # a killed kernel leaves no half-written file


def _read_file(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            return {}
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}
