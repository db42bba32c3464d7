"""Answers that a student has put elsewhere: they are found, graded and reported."""

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.authoring.cells import name_of
from autograder.selftest.compose import compose, hand_in
from autograder.submission.notes import source_to_run
from autograder.submission.repair import repair
from tests.grading.conftest import UNIT, find
from tests.grading.rearranged import (
    ANSWERS,
    MAX_POINTS,
    WELL_KNOWN,
    WRONG,
    Change,
    blank,
    graded,
    place,
    solved,
)

# Where students put an answer.


def in_one_cell(notebook: NotebookNode, at: int) -> None:
    together = "\n\n\n".join(ANSWERS.values())
    notebook.cells.insert(at, new_code_cell(together))


def all_above_the_stubs(notebook: NotebookNode) -> None:
    blank(notebook, *ANSWERS)
    in_one_cell(notebook, place(notebook, "predict"))


def all_at_the_end(notebook: NotebookNode) -> None:
    blank(notebook, *ANSWERS)
    in_one_cell(notebook, len(notebook.cells))


def all_in_one_without_own_cells(notebook: NotebookNode) -> None:
    in_one_cell(notebook, place(notebook, "predict"))
    notebook.cells = [cell for cell in notebook.cells if name_of(cell) not in ANSWERS]


def joined(first: str, second: str, into: str) -> Change:
    def join(notebook: NotebookNode) -> None:
        find(notebook, into).source = f"{ANSWERS[first]}\n\n{ANSWERS[second]}"
        gone = find(notebook, second if into == first else first)
        notebook.cells = [cell for cell in notebook.cells if cell is not gone]

    return join


def joined_over_a_blank_one(notebook: NotebookNode) -> None:
    find(notebook, "predict").source += "\n\n" + ANSWERS["cost"]
    blank(notebook, "cost")


def in_the_instant_check(notebook: NotebookNode) -> None:
    blank(notebook, "cost")
    cell = notebook.cells[place(notebook, "cost") + 1]
    assert cell.source == "check.cost(cost)"
    cell.source = f"{ANSWERS['cost']}\n\n{cell.source}"


def in_the_test(notebook: NotebookNode) -> None:
    blank(notebook, "cost")
    cell = find(notebook, "test-cost")
    cell.source = f"{ANSWERS['cost']}\n\n{cell.source}"


def in_the_setup(notebook: NotebookNode) -> None:
    blank(notebook, "cost")
    find(notebook, "setup").source += "\n\n" + ANSWERS["cost"]


def timed(notebook: NotebookNode) -> None:
    blank(notebook, "cost")
    notebook.cells.insert(
        place(notebook, "cost"), new_code_cell(f"%%time\n%matplotlib inline\n{ANSWERS['cost']}")
    )


def bound_to_a_name(notebook: NotebookNode) -> None:
    blank(notebook, "cost")
    mine = ANSWERS["cost"].replace("def cost(", "def mine(") + "\n\ncost = mine"
    notebook.cells.insert(place(notebook, "cost"), new_code_cell(mine))


def three_cells_for_three_names(notebook: NotebookNode) -> None:
    parts = ["def " + part.strip() for part in ANSWERS["losses"].split("def ")[1:]]
    index = place(notebook, "losses")
    notebook.cells[index : index + 1] = [new_code_cell(part) for part in parts]


def split_by_the_editor(notebook: NotebookNode) -> None:
    """Both halves of a split cell keep the metadata."""
    parts = ["def " + part.strip() for part in ANSWERS["losses"].split("def ")[1:]]
    index = place(notebook, "losses")
    halves = [nbformat.from_dict(notebook.cells[index]) for _ in parts]
    for number, (half, part) in enumerate(zip(halves, parts, strict=True)):
        half.source, half.id = part, f"half-{number}"
    notebook.cells[index : index + 1] = halves


def a_part_elsewhere(notebook: NotebookNode) -> None:
    """One of three functions stands above; its own cell is as handed out for that one alone."""
    parts = ["def " + part.strip() for part in ANSWERS["losses"].split("def ")[1:]]
    stubs = find(compose(UNIT, {}), "losses").source.split("def ")
    cell = find(notebook, "losses")
    cell.source = "\n\n\n".join([f"def {stubs[1].strip()}", *parts[1:]])
    notebook.cells.insert(place(notebook, "losses"), new_code_cell(parts[0]))


def second_setup_at_the_end(notebook: NotebookNode) -> None:
    copy = nbformat.from_dict(find(notebook, "setup"))
    copy.id = "copy"
    notebook.cells.append(copy)


def blank_copy_below(notebook: NotebookNode) -> None:
    copy = nbformat.from_dict(find(compose(UNIT, {}), "cost"))
    copy.id = "copy"
    notebook.cells.insert(place(notebook, "cost") + 1, copy)


def blank_copy_below_without_metadata(notebook: NotebookNode) -> None:
    text = find(compose(UNIT, {}), "cost").source
    notebook.cells.insert(place(notebook, "cost") + 1, new_code_cell(f"# from the start\n{text}"))


def a_bare_stub_below(notebook: NotebookNode) -> None:
    notebook.cells.insert(place(notebook, "cost") + 1, new_code_cell(WELL_KNOWN))


def below_its_test(notebook: NotebookNode) -> None:
    blank(notebook, "cost")
    notebook.cells.insert(place(notebook, "test-cost") + 1, new_code_cell(ANSWERS["cost"]))


def two_swapped(notebook: NotebookNode) -> None:
    """The answer cell itself was dragged below its test."""
    at = place(notebook, "cost")
    cell = notebook.cells.pop(at)
    notebook.cells.insert(place(notebook, "test-cost") + 1, cell)


AT_LOSSES = place(solved(), "losses") + 1
"""The number of that cell, counted from 1, in a notebook where nothing was moved."""

PLACES: dict[str, tuple[Change, str]] = {
    "all above": (all_above_the_stubs, "'predict', 'cost', 'gradient' and 6 more stand in cell 8"),
    "all below": (all_at_the_end, "below the test, and were tested there"),
    "all in one": (all_in_one_without_own_cells, "and were taken from there"),
    "joined": (joined("predict", "cost", "predict"), "the answer to 'cost' stands in cell 8"),
    "joined later": (
        joined("cost", "gradient", "gradient"),
        "'cost' stands in cell 19, below the test",
    ),
    "joined, blank below": (joined_over_a_blank_one, "the answer to 'cost' stands in cell 8"),
    "instant check": (in_the_instant_check, "the answer to 'cost' stands in cell 14"),
    "test": (in_the_test, "your own definitions in it were kept"),
    "setup": (in_the_setup, "your own definitions in it were kept"),
    "timed": (timed, "the answer to 'cost' stands in cell 13"),
    "another name": (bound_to_a_name, "the answer to 'cost' stands in cell 13"),
    "three cells": (
        three_cells_for_three_names,
        # One is restored above, in place of the three.
        f"'losses' stands in cells {AT_LOSSES + 1}, {AT_LOSSES + 2} and {AT_LOSSES + 3}",
    ),
    "split": (split_by_the_editor, "answer cell 'losses' appears 3 times"),
    "a part": (a_part_elsewhere, f"the answer to 'losses' stands in cell {AT_LOSSES}"),
    "blank copy": (blank_copy_below, "answer cell 'cost' appears 2 times; number 1 was graded"),
    "blank copy, bare": (blank_copy_below_without_metadata, ""),
    "two set-ups": (second_setup_at_the_end, "appears 2 times; number 1 was graded"),
    "bare stub": (a_bare_stub_below, ""),
    "below its test": (below_its_test, "'cost' stands in cell 15, below the test"),
    "dragged": (two_swapped, "'cost' stands in cell 14, below the test"),
}


@pytest.mark.parametrize("case", PLACES)
def test_a_right_answer_counts_wherever_it_stands(case, released_unit, monkeypatch):
    change, reason = PLACES[case]
    notebook = solved()
    change(notebook)
    verdict = graded(notebook, released_unit, monkeypatch)
    assert verdict.points == MAX_POINTS, [verdict.exercises, verdict.reasons]
    assert any(reason in given for given in verdict.reasons) or not reason, verdict.reasons
    assert len(verdict.reasons) <= 3


@pytest.mark.parametrize("line", ["from mine import *", "%run mine.py", "from mine import cost"])
def test_an_answer_in_a_file_beside_the_notebook_counts(line, released_unit, monkeypatch):
    notebook = solved()
    blank(notebook, "cost")
    notebook.cells.insert(place(notebook, "cost"), new_code_cell(line))
    there = hand_in(notebook, UNIT, "student").with_name("mine.py")
    setup = find(notebook, "setup").source
    there.write_text(f"{setup}\n{ANSWERS['predict']}\n{ANSWERS['cost']}", encoding="utf-8")
    verdict = graded(notebook, released_unit, monkeypatch)
    there.unlink()
    assert verdict.points == MAX_POINTS, [verdict.exercises, verdict.reasons]


@pytest.mark.parametrize("line", ["from numpy import *", "from __main__ import *"])
def test_what_a_known_module_holds_is_no_answer(line, released_unit):
    notebook = compose(UNIT, {})
    before("cost", line, notebook)
    assert repair(notebook, released_unit) == []
    assert all(source_to_run(cell) == cell.source for cell in notebook.cells)


# What earns nothing.


def before(name: str, source: str, notebook: NotebookNode) -> None:
    notebook.cells.insert(place(notebook, name), new_code_cell(source))


def right_then_wrong(notebook: NotebookNode) -> None:
    before("cost", ANSWERS["cost"], notebook)


def wrong_between_answer_and_test(notebook: NotebookNode) -> None:
    find(notebook, "cost").source = ANSWERS["cost"]
    before("test-cost", WRONG, notebook)


def right_below_the_test(notebook: NotebookNode) -> None:
    notebook.cells.append(new_code_cell(ANSWERS["cost"]))


def two_copies(notebook: NotebookNode) -> None:
    copy = nbformat.from_dict(find(notebook, "cost"))
    copy.id, copy.source = "copy", ANSWERS["cost"]
    notebook.cells.insert(place(notebook, "cost"), copy)


def copies_of_all_kinds(notebook: NotebookNode) -> None:
    for source in (ANSWERS["cost"], WELL_KNOWN, WRONG, ANSWERS["cost"], WRONG, WELL_KNOWN):
        before("test-cost", source, notebook)


@pytest.mark.parametrize(
    "change",
    [
        right_then_wrong, wrong_between_answer_and_test, right_below_the_test, two_copies,
        copies_of_all_kinds,
    ],
)  # fmt: skip
def test_writing_several_answers_does_not_let_the_right_one_be_picked(
    change, released_unit, monkeypatch
):
    notebook = solved(cost=WRONG)
    change(notebook)
    verdict = graded(notebook, released_unit, monkeypatch)
    assert verdict.exercises["cost"].points == 0
    others = {name: item for name, item in verdict.exercises.items() if name != "cost"}
    assert all(item.right or item.by_hand for item in others.values())


@pytest.mark.parametrize("slip", ["costt", "Cost", "csot"])
@pytest.mark.parametrize("own_cell", [True, False])
def test_a_misspelled_name_is_pointed_out(slip, own_cell, released_unit):
    notebook = solved()
    text = ANSWERS["cost"].replace("def cost(", f"def {slip}(")
    if own_cell:
        find(notebook, "cost").source = text
        number = place(notebook, "cost") + 1
    else:
        blank(notebook, "cost")
        notebook.cells.append(new_code_cell(text))
        number = len(notebook.cells)
    [reason] = repair(notebook, released_unit)
    assert reason.startswith(f"no cell defines 'cost', but cell {number} defines '{slip}': ")


def test_a_helper_or_a_written_answer_is_no_misspelling(released_unit):
    notebook = solved()
    before("cost", ANSWERS["cost"].replace("def cost(", "def costs("), notebook)
    assert repair(notebook, released_unit) == []
    blank(notebook, "cost")
    notebook.cells = [cell for cell in notebook.cells if "def costs(" not in cell.source]
    before("cost", "def squared(x):\n    return x * x", notebook)
    assert repair(notebook, released_unit) == []


def test_notes_that_a_student_writes_into_a_cell_are_not_ours(released_unit):
    notebook = solved()
    find(notebook, "cost").metadata["descent"] = {"left_out": [[1, 99]]}
    find(notebook, "setup").metadata["descent"] = {"left_out": [[1, 99]]}
    assert repair(notebook, released_unit) == []
    assert all(source_to_run(cell) == cell.source for cell in notebook.cells)
