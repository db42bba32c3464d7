"""Read a unit's text as an nbgrader source notebook."""

import copy
import hashlib
from functools import lru_cache
from pathlib import Path

import jupytext
from nbformat import NotebookNode

from autograder.authoring import time_estimate
from autograder.paths import ROOT

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
SCHEMA_VERSION = 3


class SourceError(ValueError):
    """A text is not a valid notebook; the message names the file and the cell."""


def read_unit(path: Path) -> NotebookNode:
    """Read a text notebook and complete its nbgrader metadata.

    In the text a cell gives only what differs from the default: `nbgrader={"grade_id": "cost",
    "solution": true}` for a solution, `"grade": true, "points": 2` for a test, `"locked": true` for
    a cell that tests rely on.

    Raises
    ------
    SourceError
        If a cell's nbgrader metadata is incomplete, or a `grade_id` repeats.
    """
    return copy.deepcopy(_read(path, path.read_text(encoding="utf-8")))


@lru_cache(maxsize=32)
def _read(path: Path, text: str) -> NotebookNode:
    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.metadata = NotebookNode(
        kernelspec=NotebookNode(KERNEL), language_info=NotebookNode(name="python")
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    time_estimate.insert(notebook)
    names: set[str] = set()
    ids: set[str] = set()
    for cell in notebook.cells:
        cell.metadata.pop("lines_to_next_cell", None)  # jupytext's own
        if "nbgrader" in cell.metadata:
            _complete_metadata(cell, path, names)
        cell.id = _make_id(cell, ids)
    return notebook


def _complete_metadata(cell: NotebookNode, path: Path, names: set[str]) -> None:
    short = cell.metadata.nbgrader
    name = short.get("grade_id")
    where = f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}, cell {name!r}"
    if not name:
        raise SourceError(f"{where}: nbgrader metadata has no grade_id: {dict(short)}")
    if name in names:
        raise SourceError(f"{where}: this grade_id appears twice")
    names.add(name)
    grade, solution = short.get("grade", False), short.get("solution", False)
    if grade and "points" not in short:
        raise SourceError(f"{where}: a graded cell needs points")
    if cell.cell_type == "code" and grade and solution:
        raise SourceError(f"{where}: a code cell is a solution or a test, not both")
    if not (grade or solution or short.get("locked")):
        raise SourceError(f"{where}: a cell needs one of solution, grade and locked")
    full = NotebookNode(
        grade=grade,
        grade_id=name,
        locked=bool(short.get("locked", grade and not solution)),
        schema_version=SCHEMA_VERSION,
        solution=solution,
        task=False,
    )
    if grade:
        full.points = short.points
    cell.metadata.nbgrader = full


def _make_id(cell: NotebookNode, taken: set[str]) -> str:
    """Return an id made from a cell's grade_id or its text, so that a rebuild is identical."""
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    base = name or id_of_text(cell.source)
    cell_id, number = base, 1
    while cell_id in taken:
        number += 1
        cell_id = f"{base}-{number}"
    taken.add(cell_id)
    return cell_id


def id_of_text(text: str) -> str:
    """Return the id of a cell that has no grade_id."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
