"""Notebooks of one unit whose cells are rearranged before they are graded."""

from collections.abc import Callable

import pytest
from nbformat import NotebookNode

from autograder import nbgrader_bridge, paths
from autograder.authoring.cells import name_of
from autograder.grading.marking import Submission, mark
from autograder.grading.verdict import Verdict
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.submission.released_cells import ReleasedUnit
from tests.grading.conftest import REFLECTION, UNIT, find

Change = Callable[[NotebookNode], NotebookNode | None]

ANSWERS = solutions(UNIT)
WRONG = "def cost(X, y, theta):\n    return 0.0"
WELL_KNOWN = "def cost(X, y, theta):\n    raise NotImplementedError()"
MAX_POINTS = 18
"""Points for the code of this unit."""


def solved(**answers: str) -> NotebookNode:
    return compose(UNIT, ANSWERS | {"reflection": REFLECTION} | answers)


def blank(notebook: NotebookNode, *names: str) -> None:
    """Put an answer cell back to what was handed out."""
    for name in names:
        find(notebook, name).source = find(compose(UNIT, {}), name).source


def place(notebook: NotebookNode, name: str) -> int:
    return [name_of(cell) for cell in notebook.cells].index(name)


def graded(notebook: NotebookNode, unit: ReleasedUnit, monkeypatch: pytest.MonkeyPatch) -> Verdict:
    monkeypatch.setenv("PYTHONPATH", str(paths.ROOT))
    path = hand_in(notebook, UNIT, "student")
    settings = nbgrader_bridge.config()
    return mark(Submission("student", UNIT, path.parent), unit, settings).verdict
