"""Notebooks made in a line, examined for real."""

from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.exam.examination import Examination, examine
from autograder.exam.limits import Limits
from autograder.exam.process import Unconfined
from autograder.plugins.launch import start_candidate, start_examiner

PATIENT = Limits(output=100_000)
QUICK = Limits(wall=90, cell_cpu=5, cell_wall=8, call_cpu=2.5, call_wall=4, grace=1, output=100_000)
"""For what never ends; too short for imports on a busy machine."""


def student(source: str) -> NotebookNode:
    """A cell that a student wrote."""
    return new_code_cell(source)


def locked(source: str) -> NotebookNode:
    return _marked(source, grade=False, locked=True)


def graded(source: str) -> NotebookNode:
    return _marked(source, grade=True, locked=True, points=1)


def _marked(source: str, **nbgrader: object) -> NotebookNode:
    marks = {"grade_id": "cell", "schema_version": 3, "solution": False, "task": False, **nbgrader}
    return new_code_cell(source, metadata={"nbgrader": marks})


def notebook(*cells: NotebookNode) -> NotebookNode:
    return new_notebook(cells=list(cells))


def errors(cell: NotebookNode) -> list[str]:
    return [f"{o.ename}: {o.evalue}" for o in cell.outputs if o.output_type == "error"]


def passed(cell: NotebookNode) -> bool:
    return not errors(cell)


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Examination]:
    """Examine cells in a folder of their own."""

    def examined(*cells: NotebookNode, limits: Limits = PATIENT) -> Examination:
        candidate = start_candidate(Unconfined(), tmp_path, limits)
        return examine(notebook(*cells), candidate, start_examiner(tmp_path, limits), limits)

    return examined
