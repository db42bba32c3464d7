"""Cells whose metadata or ids an editor has dropped: they are recognised and reported."""

import ast
import json

import jupytext
import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder import paths
from autograder.authoring.cells import named_cells
from autograder.grading.gradebook import register_unit
from autograder.selftest.compose import compose, solutions
from autograder.selftest.temporary_classroom import classroom_at
from autograder.submission.read import read
from autograder.submission.repair import repair
from tests.grading.conftest import find
from tests.grading.rearranged import (
    ANSWERS,
    MAX_POINTS,
    Change,
    blank,
    graded,
    place,
    solved,
)


def through_a_script(notebook: NotebookNode, form: str) -> NotebookNode:
    notebook.metadata.jupytext = {
        "cell_metadata_filter": "-all",
        "notebook_metadata_filter": "-all",
    }
    return jupytext.reads(jupytext.writes(notebook, fmt=form), fmt=form)


def without_metadata(notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells):
        cell.metadata = NotebookNode()
        cell.id = f"renewed-{number}"


def colab(notebook: NotebookNode) -> NotebookNode:
    """No ids, metadata of its own, and an older minor version."""
    without_metadata(notebook)
    for cell in notebook.cells:
        cell.metadata.id = cell.pop("id")
        cell.metadata.outputId = "0"
    notebook.metadata.colab = {"provenance": []}
    notebook.nbformat_minor = 0
    return notebook


def reformatted(notebook: NotebookNode) -> None:
    """A formatter for the whole notebook: quotes, blank lines and comments of code change."""
    without_metadata(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = ast.unparse(ast.parse(cell.source))


def line_ends_of_windows(notebook: NotebookNode) -> None:
    without_metadata(notebook)
    for cell in notebook.cells:
        cell.source = cell.source.replace("\n", "\r\n") + "\r\n"


def one_cell_copied(notebook: NotebookNode) -> None:
    """A copy by cut and paste has neither metadata nor id; the original stays, as handed out."""
    index = place(notebook, "cost")
    notebook.cells.insert(index + 1, new_code_cell(ANSWERS["cost"]))
    blank(notebook, "cost")


def ids_renewed(notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells):
        cell.id = f"renewed-{number}"


def some_cells_lost_theirs(notebook: NotebookNode) -> None:
    for number, name in enumerate(("test-cost", "gradient", "reflection", "data")):
        cell = find(notebook, name)
        cell.id = f"pasted-{number}"
        del cell.metadata["nbgrader"]


EDITORS: dict[str, Change] = {
    "percent script": lambda notebook: through_a_script(notebook, "py:percent"),
    "light script": lambda notebook: through_a_script(notebook, "py:light"),
    "markdown": lambda notebook: through_a_script(notebook, "md"),
    "colab": colab,
    "formatter": reformatted,
    "windows": line_ends_of_windows,
    "copied": one_cell_copied,
    "ids renewed": ids_renewed,
    "some lost": some_cells_lost_theirs,
}


@pytest.mark.parametrize("editor", EDITORS)
def test_what_an_editor_took_off_is_recognised(editor, released_unit, monkeypatch):
    notebook = solved()
    verdict = graded(EDITORS[editor](notebook) or notebook, released_unit, monkeypatch)
    assert verdict.points == MAX_POINTS, [verdict.exercises, verdict.reasons]
    assert verdict.needs_manual == ("reflection",)
    assert bool(verdict.reasons) is (editor != "ids renewed")
    assert all(len(reason) < 200 for reason in verdict.reasons)
    assert len(verdict.reasons) < 4


@pytest.mark.parametrize("number", paths.units())
def test_every_released_notebook_is_recognised_by_its_text(number, tmp_path):
    with classroom_at(tmp_path, "placing"):
        unit = register_unit(number)
    notebook = compose(number, solutions(number))
    expected = {name: cell.source for name, cell in named_cells(notebook).items()}
    without_metadata(notebook)
    reasons = repair(notebook, unit)
    assert len(reasons) == 1, reasons
    found = {name: cell.source for name, cell in named_cells(notebook).items()}
    assert found.keys() == expected.keys()
    assert all(found[name] == expected[name] for name in solutions(number))


def test_an_answer_that_cannot_be_placed_is_named(released_unit):
    notebook = solved()
    without_metadata(notebook)
    notebook.cells = [cell for cell in notebook.cells if not cell.source.startswith("def cost(")]
    assert any(
        "answer cell 'cost' had been deleted" in reason
        for reason in repair(notebook, released_unit)
    )


def test_a_cell_with_a_typo_is_recognised_by_what_it_seems_to_define(released_unit):
    notebook = solved(cost="def cost(X, y, theta)\n    return 0", gradient="def grad(X):\n    pass")
    without_metadata(notebook)
    repair(notebook, released_unit)
    assert find(notebook, "cost").source.startswith("def cost(X, y, theta)\n")
    assert find(notebook, "gradient").source.startswith("def grad")


def test_a_notebook_without_ids_is_read(tmp_path):
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps(json.loads(nbformat.writes(colab(solved())))), encoding="utf-8")
    assert len(read(path).cells) == len(solved().cells)
