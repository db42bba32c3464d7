"""A mended notebook and a student's: nothing that the student wrote is lost, nothing stays old."""

import copy
import hashlib
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from nbgrader.utils import compute_checksum
from typer.testing import CliRunner

from course.cli import RELEASED, app
from course.merge import checksum, merge
from course.update import EARLIER, UpdateError, update_file

UNIT = "01_linear_regression"
CELLS = 24
"""Of the unit, with four exercises, prose, locked cells and cells that no name protects."""


def released() -> NotebookNode:
    notebook = nbformat.read(RELEASED / UNIT / f"{UNIT}.ipynb", as_version=4)
    notebook.cells = notebook.cells[:CELLS]
    return notebook


def name(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def find(notebook: NotebookNode, wanted: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if name(cell) == wanted)


def answers(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if name(cell) and cell.metadata.nbgrader.solution]


def release(cell: NotebookNode) -> None:
    """Give a changed cell of the course's the id or the checksum that a build gives it."""
    if name(cell):
        cell.metadata.nbgrader.checksum = compute_checksum(cell)
    else:
        cell.id = hashlib.sha256(cell.source.encode()).hexdigest()[:8]


def mended(steps: list[tuple[str, int]]) -> NotebookNode:
    """Return another release: cells changed, added and taken out."""
    notebook = released()
    for number, (step, where) in enumerate(steps):
        place = where % len(notebook.cells)
        cell = notebook.cells[place]
        if step == "mend":
            cell.source += f"\n# mended {number}"
            release(cell)
        elif step == "add":
            new = new_markdown_cell(f"### A new box {number}")
            release(new)
            notebook.cells.insert(place, new)
        elif not name(cell) and len(notebook.cells) > 2:
            del notebook.cells[place]
    return notebook


class Student:
    """A notebook in the hands of a student, who remembers what was written into it.

    Attributes
    ----------
    wrote : list of str
    in_place : bool
        Whether no cell of the course's was moved, deleted or copied.
    """

    def __init__(self) -> None:
        self.notebook = released()
        self.wrote: list[str] = []
        self.in_place = True

    def _text(self, what: str) -> str:
        self.wrote.append(f"{what} {len(self.wrote)}")
        return self.wrote[-1]

    def _rewrite(self, cell: NotebookNode, text: str) -> None:
        self.wrote = [item for item in self.wrote if item != cell.source]
        cell.source = text

    def answer(self, place: int) -> None:
        cells = answers(self.notebook)
        if cells:
            cell = cells[place % len(cells)]
            self._rewrite(cell, self._text("x ="))

    def edit(self, place: int) -> None:
        """Change any cell that can be edited, or one that cannot, by another editor."""
        cell = self.notebook.cells[place % len(self.notebook.cells)]
        self._rewrite(cell, self._text(f"{cell.source.partition(chr(10))[0][:200]} # edited"))

    def insert(self, place: int) -> None:
        new = new_code_cell if place % 2 else new_markdown_cell
        self.notebook.cells.insert(
            place % (len(self.notebook.cells) + 1), new(self._text("own = 1 #"))
        )

    def run(self, place: int) -> None:
        cell = self.notebook.cells[place % len(self.notebook.cells)]
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [new_output("stream", text="ran")], place

    def delete(self, place: int) -> None:
        if len(self.notebook.cells) > 2:
            cell = self.notebook.cells.pop(place % len(self.notebook.cells))
            self.wrote = [item for item in self.wrote if item != cell.source]
            self.in_place = False

    def move(self, place: int) -> None:
        cell = self.notebook.cells.pop(place % len(self.notebook.cells))
        self.notebook.cells.insert((place * 7) % (len(self.notebook.cells) + 1), cell)
        self.in_place = False

    def copy(self, place: int) -> None:
        """Copy and paste, as JupyterLab does: with the metadata, under a new id."""
        cell = copy.deepcopy(self.notebook.cells[place % len(self.notebook.cells)])
        cell.id = new_code_cell().id
        self.notebook.cells.append(cell)
        self.in_place = False

    def lose_name(self, place: int) -> None:
        self.notebook.cells[place % len(self.notebook.cells)].metadata.pop("nbgrader", None)
        self.in_place = False


KINDS = ("answer", "edit", "insert", "run", "delete", "move", "copy", "lose_name")
PLACE = st.integers(0, 200)
EDITS = st.lists(st.tuples(st.sampled_from(KINDS), PLACE), max_size=12)
MENDING = st.lists(st.tuples(st.sampled_from(("mend", "add", "take out")), PLACE), max_size=6)
FEW = settings(max_examples=40, suppress_health_check=list(HealthCheck))


def worked(edits: list[tuple[str, int]]) -> Student:
    student = Student()
    for kind, place in edits:
        getattr(student, kind)(place)
    return student


@FEW
@given(edits=EDITS, steps=MENDING)
def test_nothing_written_is_lost_and_the_course_is_as_released(edits, steps) -> None:
    student, fresh = worked(edits), mended(steps)
    before = copy.deepcopy(student.notebook), copy.deepcopy(fresh)
    merged = merge(student.notebook, fresh)
    assert (student.notebook, fresh) == before
    nbformat.validate(merged.notebook)
    there = Counter(cell.source for cell in merged.notebook.cells)
    for text in student.wrote:
        assert there[text], f"{text!r} is lost"
    names = [name(cell) for cell in merged.notebook.cells if name(cell)]
    assert names == [name(cell) for cell in fresh.cells if name(cell)]
    for cell in merged.notebook.cells:
        if name(cell):
            right = find(fresh, name(cell))
            assert cell.metadata.nbgrader == right.metadata.nbgrader
            assert cell.metadata.nbgrader.solution or cell.source == right.source
    again = merge(merged.notebook, fresh)
    assert again.notebook.cells == merged.notebook.cells
    assert again.notes == ()


@FEW
@given(steps=MENDING)
def test_who_has_written_nothing_gets_the_release(steps) -> None:
    merged = merge(released(), mended(steps))
    assert merged.notebook.cells == mended(steps).cells
    assert merged.notes == ()


@FEW
@given(edits=EDITS)
def test_where_the_course_has_not_changed_nothing_moves(edits) -> None:
    student = worked([edit for edit in edits if edit[0] in ("answer", "insert", "run")])
    merged = merge(student.notebook, released())
    assert merged.notebook == student.notebook
    assert merged.notes == ()


@FEW
@given(edits=EDITS, steps=MENDING)
def test_an_answer_stays_in_the_cell_that_is_graded(edits, steps) -> None:
    student = worked([edit for edit in edits if edit[0] in ("answer", "insert", "move", "run")])
    merged = merge(student.notebook, mended(steps))
    for cell in answers(student.notebook):
        if cell.source in student.wrote:
            assert find(merged.notebook, name(cell)).source == cell.source


def test_an_own_cell_stays_behind_the_cell_it_stood_behind() -> None:
    student = released()
    place = next(i for i, cell in enumerate(student.cells) if name(cell) == "test-predict") + 1
    student.cells.insert(place, new_code_cell("mine"))
    fresh = mended([("add", 3), ("mend", place), ("add", place + 4)])
    sources = [cell.source for cell in merge(student, fresh).notebook.cells]
    assert sources[sources.index("mine") - 1] == find(fresh, "test-predict").source


def test_where_a_text_was_replaced_an_own_cell_stands_behind_the_new_one() -> None:
    student, fresh = released(), released()
    text = next(i for i, cell in enumerate(student.cells[1:], 1) if cell.cell_type == "markdown")
    student.cells.insert(text + 1, new_code_cell("mine"))
    fresh.cells[text].source = "Said in entirely other words."
    release(fresh.cells[text])
    sources = [cell.source for cell in merge(student, fresh).notebook.cells]
    assert sources[text : text + 2] == ["Said in entirely other words.", "mine"]


def test_a_stub_that_changed_is_shown_beside_an_answer_and_said() -> None:
    student, fresh = released(), released()
    find(student, "predict").source = "def predict(X, theta):\n    return X @ theta"
    find(fresh, "predict").source += "\n# a new hint"
    release(find(fresh, "predict"))
    merged = merge(student, fresh)
    place = next(i for i, c in enumerate(merged.notebook.cells) if name(c) == "predict")
    shown, kept = merged.notebook.cells[place - 1 : place + 1]
    assert kept.source == "def predict(X, theta):\n    return X @ theta"
    assert shown.cell_type == "markdown"
    assert find(fresh, "predict").source in shown.source
    assert merged.notes == (
        "predict: the course has changed what you started from; it is shown above yours",
    )


def test_other_points_are_no_conflict() -> None:
    student = nbformat.read(RELEASED / UNIT / f"{UNIT}.ipynb", as_version=4)
    fresh = copy.deepcopy(student)
    find(student, "reflection").source = "The scatter is large."
    find(fresh, "reflection").metadata.nbgrader.points = 7
    release(find(fresh, "reflection"))
    merged = merge(student, fresh)
    assert find(merged.notebook, "reflection").source == "The scatter is large."
    assert find(merged.notebook, "reflection").metadata.nbgrader.points == 7
    assert merged.notes == ()


def test_a_changed_cell_that_changed_in_the_course_is_there_twice() -> None:
    student, fresh = released(), released()
    place = next(i for i, c in enumerate(fresh.cells) if c.cell_type == "code" and not name(c))
    student.cells[place].source = fresh.cells[place].source + " # tried"
    fresh.cells[place].source += "\n1 + 1"
    release(fresh.cells[place])
    merged = merge(student, fresh)
    pair = [cell.source for cell in merged.notebook.cells[place : place + 2]]
    assert pair == [fresh.cells[place].source, student.cells[place].source]
    assert merged.notes == (
        "a cell that you had changed has changed in the course too; yours is below it",
    )


def test_an_answer_that_lost_its_name_is_known_by_what_it_defines() -> None:
    student = released()
    cell = find(student, "cost")
    cell.source, cell.id = "def cost(X, y, theta):\n    return 0", "elsewhere"
    del cell.metadata["nbgrader"]
    assert find(merge(student, released()).notebook, "cost").source == cell.source


@pytest.mark.parametrize("unit", sorted(path.stem for path in RELEASED.glob("*/*.ipynb")))
def test_the_checksum_is_nbgraders(unit: str) -> None:
    notebook = nbformat.read(RELEASED / unit / f"{unit}.ipynb", as_version=4)
    for cell in filter(name, notebook.cells):
        assert checksum(cell) == compute_checksum(cell) == cell.metadata.nbgrader.checksum


def test_a_file_is_updated_in_place_and_a_copy_stays(tmp_path: Path) -> None:
    path, fresh = tmp_path / f"{UNIT}.ipynb", tmp_path / "release.ipynb"
    student = released()
    find(student, "cost").source = "mine"
    nbformat.write(student, path)
    path.chmod(0o640)
    nbformat.write(mended([("add", 2)]), fresh)
    before = path.read_bytes()
    first = update_file(path, fresh)
    assert first.earlier == tmp_path / EARLIER / f"{UNIT}.1.ipynb"
    assert first.earlier.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o640
    assert update_file(path, fresh).earlier is None
    nbformat.write(mended([("add", 2), ("add", 5)]), fresh)
    assert update_file(path, fresh).earlier == tmp_path / EARLIER / f"{UNIT}.2.ipynb"
    assert {item.name for item in tmp_path.iterdir()} == {path.name, fresh.name, EARLIER}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 1, "nbformat": 4}'])
def test_what_is_no_notebook_is_left(tmp_path: Path, text: str) -> None:
    path, fresh = tmp_path / "mine.ipynb", tmp_path / "release.ipynb"
    path.write_text(text)
    nbformat.write(released(), fresh)
    with pytest.raises(UpdateError, match="not a notebook"):
        update_file(path, fresh)
    assert path.read_text() == text


def test_the_command_updates_a_folder_and_says_what_it_cannot(tmp_path: Path) -> None:
    mine = tmp_path / "notebooks" / UNIT / f"{UNIT}.ipynb"
    mine.parent.mkdir(parents=True)
    student = nbformat.read(RELEASED / UNIT / f"{UNIT}.ipynb", as_version=4)
    student.cells[0].source = student.cells[0].source + "\n\nmy remark"
    del student.cells[3]
    nbformat.write(student, mine)
    broken = tmp_path / "notebooks" / "00_start_here" / "00_start_here.ipynb"
    broken.parent.mkdir()
    broken.write_text("no notebook")
    told = CliRunner().invoke(app, ["update", str(tmp_path / "notebooks")])
    assert told.exit_code == 1
    assert f"{mine}: updated" in told.output
    assert "00_start_here.ipynb is not a notebook" in told.output
    assert "my remark" in nbformat.read(mine, as_version=4).cells[0].source
    assert broken.read_text() == "no notebook"
    assert len(list((tmp_path / "notebooks").iterdir())) == len(list(RELEASED.glob("*/*.ipynb")))
