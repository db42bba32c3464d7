"""Written answers that stand beside their cell wait for a person, and what is none is left."""

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from autograder.selftest.compose import compose
from autograder.submission.repair import repair
from tests.grading.conftest import UNIT, find
from tests.grading.rearranged import ANSWERS, Change, graded, place

LONG = "The slope grows by a factor of seven, because every distance shrinks by it. " * 3


def with_text(cell: NotebookNode, at: str, shift: int = 0) -> Change:
    def insert(notebook: NotebookNode) -> None:
        index = len(notebook.cells) if at == "end" else place(notebook, at) + shift
        notebook.cells.insert(index, cell)

    return insert


def under_the_question(notebook: NotebookNode) -> None:
    question = notebook.cells[place(notebook, "reflection") - 1]
    first, rest = question.source.split("\n2. ")
    question.source = (
        f"{first}\n\n**Mine:** {LONG}\n\n2. {rest} And no split could have warned him."
    )


def its_cell_is_gone(notebook: NotebookNode) -> None:
    at = place(notebook, "reflection")
    notebook.cells[at : at + 1] = [
        new_markdown_cell(LONG),
        new_markdown_cell("And no split warns."),
    ]


def a_picture(notebook: NotebookNode) -> None:
    cell = new_markdown_cell("![what I drew](attachment:mine.png)")
    cell.attachments = {"mine.png": {"image/png": "iVBORw0KGgo="}}
    with_text(cell, "reflection", 1)(notebook)


WRITTEN: dict[str, tuple[Change, str]] = {
    "below": (with_text(new_markdown_cell(LONG), "reflection", 1), LONG),
    "above": (with_text(new_markdown_cell(LONG), "reflection"), LONG),
    "at the end": (with_text(new_markdown_cell(LONG), "end"), LONG),
    "far above": (with_text(new_markdown_cell(LONG), "cost"), LONG),
    "raw": (with_text(new_raw_cell(LONG), "reflection", 1), LONG),
    "comment": (with_text(new_code_cell(f"# {LONG}"), "reflection", 1), LONG),
    "string": (with_text(new_code_cell(f'"""{LONG}"""'), "reflection", 1), LONG),
    "prose in a code cell": (with_text(new_code_cell(LONG), "reflection", 1), LONG),
    "question": (under_the_question, "no split could have warned him"),
    "gone": (its_cell_is_gone, "no split warns"),
    "picture": (a_picture, "what I drew"),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_a_written_answer_beside_its_cell_waits_for_a_person(case, released_unit):
    change, words = WRITTEN[case]
    notebook = compose(UNIT, ANSWERS)
    change(notebook)
    reasons = repair(notebook, released_unit)
    cell = find(notebook, "reflection")
    assert words.strip() in cell.source
    assert "Suppose all of Hubble" not in cell.source
    assert any("the answer to 'reflection' stands in cell" in reason for reason in reasons)
    assert bool(cell.get("attachments")) is (case == "picture")
    nbformat.validate(notebook)


def test_a_written_answer_beside_its_cell_is_to_be_graded_by_hand(released_unit, monkeypatch):
    notebook = compose(UNIT, ANSWERS)
    with_text(new_markdown_cell(LONG), "reflection", 1)(notebook)
    verdict = graded(notebook, released_unit, monkeypatch)
    assert verdict.needs_manual == ("reflection",)


@pytest.mark.parametrize(
    "change",
    [
        with_text(new_markdown_cell("**My guess:** 800 km/s."), "predict"),
        with_text(new_markdown_cell("Thanks!"), "end"),
        with_text(new_code_cell("theta, costs = gradient_descent(X, v, 0.5, 10)"), "end"),
        with_text(new_code_cell("theta = = 3  # " + LONG), "reflection", 1),
    ],
)
def test_a_note_a_farewell_and_a_program_are_no_written_answer(change, released_unit):
    notebook = compose(UNIT, ANSWERS)
    change(notebook)
    assert repair(notebook, released_unit) == []


def test_prose_of_an_earlier_release_is_no_written_answer(released_unit):
    """A notebook that was handed out before the text was revised still has the ids of that text."""
    from autograder.authoring.unit_text import id_of_text

    notebook = compose(UNIT, ANSWERS)
    old = new_markdown_cell("How it was put last year. " * 20)
    old.id = id_of_text(old.source)
    notebook.cells.insert(place(notebook, "cost"), old)
    assert repair(notebook, released_unit) == []
