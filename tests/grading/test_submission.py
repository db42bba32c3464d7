"""Reading and repairing, without running anything."""

import gzip
import io
import json
import zipfile

import nbformat
import pytest

from autograder.authoring.cells import name_of
from autograder.authoring.release import release_notebook
from autograder.grading.gradebook import register_unit
from autograder.selftest.compose import compose
from autograder.submission.read import MAX_BYTES, UnreadableError, read
from autograder.submission.repair import repair
from tests.grading.conftest import UNIT, find


@pytest.fixture(scope="module")
def unit(classroom):
    return register_unit(UNIT)


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "n.ipynb"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_released_notebook_needs_no_mending(unit, file):
    released = read(file(nbformat.writes(release_notebook(UNIT))))
    assert repair(released, unit) == []


def test_mending_twice_changes_nothing_more(unit):
    notebook = compose(UNIT, {})
    find(notebook, "test-cost").source = "pass"
    del notebook.cells[3:8]
    assert repair(notebook, unit)
    once = nbformat.writes(notebook)
    assert repair(notebook, unit) == []
    assert nbformat.writes(notebook) == once


def test_all_cells_come_back_in_their_order(unit):
    notebook = nbformat.v4.new_notebook()
    reasons = repair(notebook, unit)
    assert [name_of(cell) for cell in notebook.cells] == [cell.name for cell in unit.cells]
    roles = {"answer cells", "locked cells", "test cells"}
    assert {reason.split(" '")[0] for reason in reasons} == roles
    assert all("had been deleted and were restored" in reason for reason in reasons)
    nbformat.validate(notebook)


def test_an_answer_typed_into_a_fresh_cell_takes_the_place_of_the_deleted_one(unit):
    notebook = compose(UNIT, {})
    cell = find(notebook, "cost")
    index = notebook.cells.index(cell)
    notebook.cells[index] = nbformat.v4.new_code_cell("def cost(X, y, theta): return 0")
    repair(notebook, unit)
    assert find(notebook, "cost").source == "def cost(X, y, theta): return 0"


def test_lost_metadata_is_reported_by_the_cells_id(unit):
    notebook = compose(UNIT, {"cost": "def cost(X, y, theta): return 0"})
    del find(notebook, "cost").metadata["nbgrader"]
    (reason,) = repair(notebook, unit)
    assert reason == "cell 'cost' had lost the name it is graded by, and was recognised by its id"
    assert "return 0" in find(notebook, "cost").source


def test_of_written_answers_the_last_that_says_something_counts(unit):
    notebook = compose(UNIT, {"reflection": "My thoughts."})
    stub = nbformat.from_dict(find(compose(UNIT, {}), "reflection"))
    stub.id = "stub"
    notebook.cells.append(stub)
    repair(notebook, unit)
    assert find(notebook, "reflection").source == "My thoughts."


def test_changed_cell_types_and_metadata_are_turned_back(unit):
    notebook = compose(UNIT, {})
    cell = find(notebook, "cost")
    cell.cell_type = "raw"
    find(notebook, "test-cost").metadata.nbgrader.update(solution=True, locked=False, points="x")
    reasons = repair(notebook, unit)
    assert "answer cell 'cost' had been changed to a raw cell and was restored" in reasons
    assert find(notebook, "cost").cell_type == "code"
    label = find(notebook, "test-cost").metadata.nbgrader
    assert (label.solution, label.locked, label.points) == (False, True, 1.0)


@pytest.mark.parametrize("label", [5, "x", [], {"grade_id": []}, {"grade_id": {"a": 1}}, None])
def test_nonsense_in_metadata_stops_nothing(unit, label):
    notebook = compose(UNIT, {})
    find(notebook, "cost").metadata["nbgrader"] = label
    repair(notebook, unit)
    assert find(notebook, "cost")


def test_an_old_notebook_is_upgraded(file):
    old = nbformat.v3.new_notebook(
        worksheets=[nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell(input="1 + 1")])]
    )
    assert read(file(json.dumps(old))).cells[0].source == "1 + 1"


def test_what_cannot_be_written_again_is_replaced(file):
    raw = {"nbformat": 4, "nbformat_minor": 5, "metadata": 3}
    cell = {"cell_type": "code", "source": ["a = '", "\ud800", "'"], "outputs": 7, "id": "!!"}
    notebook = read(file(json.dumps({**raw, "cells": [cell, 5, {"cell_type": "video"}]})))
    assert len(notebook.cells) == 1
    nbformat.validate(notebook)
    nbformat.writes(notebook).encode()


def test_too_large_a_file_is_not_even_opened(file):
    path = file(b"")
    with path.open("wb") as handle:
        handle.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableError, match="50 MB"):
        read(path)


def test_a_folder_is_no_notebook(tmp_path):
    with pytest.raises(UnreadableError, match="folder"):
        read(tmp_path)


def test_a_missing_file_is_reported(tmp_path):
    with pytest.raises(UnreadableError, match="no notebook of this name"):
        read(tmp_path / "absent.ipynb")


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("01_linear_regression.ipynb", "{}")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped(), "a zip archive"),
        (gzip.compress(b"{}"), "a gzip archive"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\n<!DOCTYPE html>\n<html><body>01</body></html>", "a web page"),
        (b"<HTML lang=en>", "a web page"),
    ],
    ids=["zip", "gzip", "pdf", "html", "html in capitals"],
)
def test_another_kind_of_file_is_called_by_its_name(file, content, kind):
    with pytest.raises(UnreadableError, match=f"the file is {kind} .*hand in the .ipynb file"):
        read(file(content))
