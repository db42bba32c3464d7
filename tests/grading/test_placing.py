"""Work that an editor or a student has moved about: it is found, graded and reported."""

import ast
import json
from collections.abc import Callable

import jupytext
import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from autograder import nbgrader_bridge, paths
from autograder.authoring.cells import name_of, named_cells
from autograder.grading.gradebook import register_unit
from autograder.grading.marking import Submission, mark
from autograder.grading.verdict import Verdict
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from autograder.submission.notes import source_to_run
from autograder.submission.read import read
from autograder.submission.repair import repair
from tests.grading.conftest import REFLECTION, UNIT, find

Change = Callable[[NotebookNode], NotebookNode | None]

ANSWERS = solutions(UNIT)
WRONG = "def cost(X, y, theta):\n    return 0.0"
WELL_KNOWN = "def cost(X, y, theta):\n    raise NotImplementedError()"
MAX_POINTS = 18
"""Points for the code of this unit."""


@pytest.fixture(scope="module")
def unit(tmp_path_factory):
    with classroom_at(tmp_path_factory.mktemp("classroom"), "placing"):
        yield register_unit(UNIT)


def solved(**answers: str) -> NotebookNode:
    return compose(UNIT, ANSWERS | {"reflection": REFLECTION} | answers)


def blank(notebook: NotebookNode, *names: str) -> None:
    """Put an answer cell back to what was handed out."""
    for name in names:
        find(notebook, name).source = find(compose(UNIT, {}), name).source


def place(notebook: NotebookNode, name: str) -> int:
    return [name_of(cell) for cell in notebook.cells].index(name)


def graded(notebook: NotebookNode, unit, monkeypatch: pytest.MonkeyPatch) -> Verdict:
    monkeypatch.setenv("PYTHONPATH", str(paths.ROOT))
    path = hand_in(notebook, UNIT, "student")
    settings = nbgrader_bridge.config()
    return mark(Submission("student", UNIT, path.parent), unit, settings).verdict


# What editors do.


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
def test_what_an_editor_took_off_is_recognised(editor, unit, monkeypatch):
    notebook = solved()
    verdict = graded(EDITORS[editor](notebook) or notebook, unit, monkeypatch)
    assert verdict.points == MAX_POINTS, [verdict.exercises, verdict.reasons]
    assert verdict.needs_manual == ("reflection",)
    assert bool(verdict.reasons) is (editor != "ids renewed")
    assert all(len(reason) < 200 for reason in verdict.reasons)
    assert len(verdict.reasons) < 4


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
        "the answer to 'losses' stands in cells 50, 51 and 52",
    ),
    "split": (split_by_the_editor, "answer cell 'losses' appears 3 times"),
    "a part": (a_part_elsewhere, "the answer to 'losses' stands in cell 49"),
    "blank copy": (blank_copy_below, "answer cell 'cost' appears 2 times; number 1 was graded"),
    "blank copy, bare": (blank_copy_below_without_metadata, ""),
    "two set-ups": (second_setup_at_the_end, "appears 2 times; number 1 was graded"),
    "bare stub": (a_bare_stub_below, ""),
    "below its test": (below_its_test, "'cost' stands in cell 15, below the test"),
    "dragged": (two_swapped, "'cost' stands in cell 14, below the test"),
}


@pytest.mark.parametrize("case", PLACES)
def test_a_right_answer_counts_wherever_it_stands(case, unit, monkeypatch):
    change, reason = PLACES[case]
    notebook = solved()
    change(notebook)
    verdict = graded(notebook, unit, monkeypatch)
    assert verdict.points == MAX_POINTS, [verdict.exercises, verdict.reasons]
    assert any(reason in given for given in verdict.reasons) or not reason, verdict.reasons
    assert len(verdict.reasons) <= 3


@pytest.mark.parametrize("line", ["from mine import *", "%run mine.py", "from mine import cost"])
def test_an_answer_in_a_file_beside_the_notebook_counts(line, unit, monkeypatch):
    notebook = solved()
    blank(notebook, "cost")
    notebook.cells.insert(place(notebook, "cost"), new_code_cell(line))
    there = hand_in(notebook, UNIT, "student").with_name("mine.py")
    setup = find(notebook, "setup").source
    there.write_text(f"{setup}\n{ANSWERS['predict']}\n{ANSWERS['cost']}", encoding="utf-8")
    verdict = graded(notebook, unit, monkeypatch)
    there.unlink()
    assert verdict.points == MAX_POINTS, [verdict.exercises, verdict.reasons]


@pytest.mark.parametrize("line", ["from numpy import *", "from __main__ import *"])
def test_what_a_known_module_holds_is_no_answer(line, unit):
    notebook = compose(UNIT, {})
    before("cost", line, notebook)
    assert repair(notebook, unit) == []
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
def test_writing_several_answers_does_not_let_the_right_one_be_picked(change, unit, monkeypatch):
    notebook = solved(cost=WRONG)
    change(notebook)
    verdict = graded(notebook, unit, monkeypatch)
    assert verdict.exercises["cost"].points == 0
    others = {name: item for name, item in verdict.exercises.items() if name != "cost"}
    assert all(item.right or item.by_hand for item in others.values())


def test_notes_that_a_student_writes_into_a_cell_are_not_ours(unit):
    notebook = solved()
    find(notebook, "cost").metadata["descent"] = {"left_out": [[1, 99]]}
    find(notebook, "setup").metadata["descent"] = {"left_out": [[1, 99]]}
    assert repair(notebook, unit) == []
    assert all(source_to_run(cell) == cell.source for cell in notebook.cells)


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


def test_an_answer_that_cannot_be_placed_is_named(unit):
    notebook = solved()
    without_metadata(notebook)
    notebook.cells = [cell for cell in notebook.cells if not cell.source.startswith("def cost(")]
    assert any("answer cell 'cost' had been deleted" in reason for reason in repair(notebook, unit))


def test_a_cell_with_a_typo_is_recognised_by_what_it_seems_to_define(unit):
    notebook = solved(cost="def cost(X, y, theta)\n    return 0", gradient="def grad(X):\n    pass")
    without_metadata(notebook)
    repair(notebook, unit)
    assert find(notebook, "cost").source.startswith("def cost(X, y, theta)\n")
    assert find(notebook, "gradient").source.startswith("def grad")


# Written answers.

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
def test_a_written_answer_beside_its_cell_waits_for_a_person(case, unit):
    change, words = WRITTEN[case]
    notebook = compose(UNIT, ANSWERS)
    change(notebook)
    reasons = repair(notebook, unit)
    cell = find(notebook, "reflection")
    assert words.strip() in cell.source
    assert "Suppose all of Hubble" not in cell.source
    assert any("the answer to 'reflection' stands in cell" in reason for reason in reasons)
    assert bool(cell.get("attachments")) is (case == "picture")
    nbformat.validate(notebook)


def test_a_written_answer_beside_its_cell_is_to_be_graded_by_hand(unit, monkeypatch):
    notebook = compose(UNIT, ANSWERS)
    with_text(new_markdown_cell(LONG), "reflection", 1)(notebook)
    verdict = graded(notebook, unit, monkeypatch)
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
def test_a_note_a_farewell_and_a_program_are_no_written_answer(change, unit):
    notebook = compose(UNIT, ANSWERS)
    change(notebook)
    assert repair(notebook, unit) == []


def test_prose_of_an_earlier_release_is_no_written_answer(unit):
    """A notebook that was handed out before the text was revised still has the ids of that text."""
    from autograder.authoring.unit_text import id_of_text

    notebook = compose(UNIT, ANSWERS)
    old = new_markdown_cell("How it was put last year. " * 20)
    old.id = id_of_text(old.source)
    notebook.cells.insert(place(notebook, "cost"), old)
    assert repair(notebook, unit) == []


def test_a_notebook_without_ids_is_read(tmp_path):
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps(json.loads(nbformat.writes(colab(solved())))), encoding="utf-8")
    assert len(read(path).cells) == len(solved().cells)
