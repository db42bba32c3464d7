"""Write a submission: the released notebook with answers put in."""

from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import paths
from autograder.authoring.cells import name_of
from autograder.authoring.release import release
from autograder.authoring.unit_text import read_unit


def compose(unit: str, answers: Mapping[str, str], complete: bool = True) -> NotebookNode:
    """Return a unit's released notebook with `answers` in the place of its stubs.

    Parameters
    ----------
    unit : str
    answers : mapping of str to str
        The source of each answer cell, by exercise. Others stay as released.
    complete : bool
        Whether to keep the cells that no test relies on: text and demonstrations.

    Raises
    ------
    paths.UnknownNameError
        If the unit has no answer cell of that name.
    """
    notebook = release(unit)
    stubs = {name_of(cell): cell for cell in notebook.cells if _answerable(cell)}
    for exercise, source in answers.items():
        if exercise not in stubs:
            raise paths.UnknownNameError("exercise", exercise, sorted(stubs))
        stubs[exercise].source = source.strip("\n")
    if not complete:
        notebook.cells = [cell for cell in notebook.cells if name_of(cell)]
    return notebook


def solutions(unit: str) -> dict[str, str]:
    """Return the answers of a unit's own text, by exercise; those written by hand left out."""
    cells = read_unit(paths.SOURCE / f"{unit}.py").cells
    return {
        name_of(cell): cell.source
        for cell in cells
        if _answerable(cell) and not cell.metadata.nbgrader.grade
    }


def hand_in(notebook: NotebookNode, unit: str, student: str) -> Path:
    """Put a notebook where a student's submission lies in the classroom; return the file."""
    path = paths.classroom() / "submitted" / student / unit / f"{unit}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def _answerable(cell: NotebookNode) -> bool:
    return bool(name_of(cell)) and cell.metadata.nbgrader.solution
