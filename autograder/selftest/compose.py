"""Compose a submission: the released notebook with answers in place of its stubs."""

from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder import paths
from autograder.authoring.cells import name_of, named_cells
from autograder.authoring.release import release_notebook
from autograder.authoring.unit_text import read_unit


def compose(unit: str, answers: Mapping[str, str], complete: bool = True) -> NotebookNode:
    """Return a unit's released notebook with `answers` in the place of its stubs.

    Parameters
    ----------
    unit : str
    answers : mapping of str to str
        The source of each answer cell, by exercise. Other cells stay as released.
    complete : bool
        Whether to keep cells that no test depends on: text and demonstrations.

    Raises
    ------
    paths.UnknownNameError
        If the unit has no answer cell of that name.
    """
    notebook = release_notebook(unit)
    stubs = {name: cell for name, cell in named_cells(notebook).items() if _is_answer(cell)}
    for exercise, source in answers.items():
        if exercise not in stubs:
            raise paths.UnknownNameError("exercise", exercise, sorted(stubs))
        stubs[exercise].source = source.strip("\n")
    if not complete:
        notebook.cells = [cell for cell in notebook.cells if name_of(cell)]
    return notebook


def solutions(unit: str) -> dict[str, str]:
    """Return the answers in a unit's text, by exercise, without those graded by hand."""
    notebook = read_unit(paths.SOURCE / f"{unit}.py")
    return {
        name: cell.source
        for name, cell in named_cells(notebook).items()
        if _is_answer(cell) and not cell.metadata.nbgrader.grade
    }


def hand_in(notebook: NotebookNode, unit: str, student: str) -> Path:
    """Write a notebook as a student's submission into the classroom; return the file."""
    path = paths.classroom() / "submitted" / student / unit / f"{unit}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def _is_answer(cell: NotebookNode) -> bool:
    return bool(cell.metadata.nbgrader.solution)
