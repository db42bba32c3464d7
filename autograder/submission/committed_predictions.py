"""The predictions that a file carries in its outputs, read as what anybody may have written.

Outputs of a submission are dropped; these records are all that is taken from them. They bear on no
point: what cannot be read is ignored, and a reason says so.
"""

import json
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from course.predictions.prediction_record import MIME, Given, as_record, read_record
from course.predictions.question import PredictionError, PredictionQuestion

METADATA_KEY = "descent_predictions"
"""Of the notebook as it is graded: the records found, and why others were ignored."""
MOST_RECORDS = 200
"""Outputs with a record that are looked at; a unit asks a handful of questions."""
MOST_BYTES = 10_000
"""Of a record; a curve's has some hundred."""


def take_predictions(notebook: NotebookNode, cells: list[Any]) -> None:
    """Note in the metadata of a notebook what was committed in the cells of its file.

    Of several records of one question the first committed one counts: it was made before the
    answer was seen.
    """
    found: dict[str, dict[str, Any]] = {}
    ignored: dict[str, None] = {}
    for number, data in enumerate(_records(cells)):
        if number >= MOST_RECORDS:
            ignored[f"only {MOST_RECORDS} are looked at"] = None
            break
        try:
            question, given = read_record(_bounded(data))
        except PredictionError as error:
            ignored[str(error)] = None
            continue
        if given and "value" not in found.get(question.name, {}):
            found[question.name] = as_record(question, given)
    notebook.metadata.pop(METADATA_KEY, None)  # the student's own, if it was there
    if found or ignored:
        notebook.metadata[METADATA_KEY] = NotebookNode(
            records=[found[name] for name in sorted(found)], ignored=list(ignored)
        )


def reasons_ignored(notebook: NotebookNode) -> list[str]:
    """Return a sentence for each kind of record that is ignored; points do not depend on any."""
    ignored = notebook.metadata.get(METADATA_KEY, {}).get("ignored", ())
    return [f"a prediction was ignored, which costs no points: {reason}" for reason in ignored]


def predictions_of(notebook: NotebookNode, unit: str) -> list[tuple[PredictionQuestion, Given]]:
    """Return what was committed or skipped of a unit's questions."""
    records = notebook.metadata.get(METADATA_KEY, {}).get("records", ())
    read = [read_record(record) for record in records]
    return [(question, given) for question, given in read if question.unit == unit]


def _records(cells: list[Any]) -> Iterator[Any]:
    for cell in cells:
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        for output in outputs if isinstance(outputs, list) else ():
            data = output.get("data") if isinstance(output, dict) else None
            if isinstance(data, dict) and MIME in data:
                yield data[MIME]


def _bounded(data: Any) -> Any:
    try:
        size = len(json.dumps(data))
    except (ValueError, RecursionError):
        size = MOST_BYTES + 1
    if size > MOST_BYTES:
        raise PredictionError(f"it is longer than {MOST_BYTES:,} characters")
    return data
