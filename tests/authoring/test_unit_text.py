"""A unit's text becomes a notebook that nbgrader accepts, or a plain error."""

import re
import shutil
from pathlib import Path

import pytest
from nbgrader.nbgraderformat import MetadataValidator

from autograder import paths
from autograder.authoring.unit_text import SourceError, read_unit


def unit(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "09_made_up.py"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", paths.units())
def test_every_unit_is_a_valid_source_notebook(name: str) -> None:
    notebook = read_unit(paths.SOURCE / f"{name}.py")
    MetadataValidator().validate_nb(notebook)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@pytest.mark.parametrize("name", paths.units())
def test_no_unit_sends_a_student_to_a_lecture_deck_that_no_student_has(name: str) -> None:
    for cell in read_unit(paths.SOURCE / f"{name}.py").cells:
        named = re.search(r".*\bdecks?\b.*", cell.source, re.I)
        assert named is None, named


def test_each_reader_gets_the_same_notebook_to_change_as_it_likes(tmp_path: Path) -> None:
    path = paths.SOURCE / f"{paths.units()[0]}.py"
    elsewhere = Path(shutil.copy(path, tmp_path))
    notebook = read_unit(path)
    assert read_unit(elsewhere) == notebook
    notebook.cells[0].source = "changed"
    assert read_unit(path) == read_unit(elsewhere) != notebook


@pytest.mark.parametrize(
    ("metadata", "reported"),
    [
        ('{"solution": true}', "no grade_id"),
        ('{"grade_id": "a", "grade": true}', "needs points"),
        ('{"grade_id": "a", "grade": true, "solution": true, "points": 1}', "not both"),
        ('{"grade_id": "a"}', "a cell needs one of solution, grade and locked"),
    ],
)
def test_incomplete_metadata_is_reported_with_file_and_cell(
    tmp_path: Path, metadata: str, reported: str
) -> None:
    with pytest.raises(SourceError, match=reported) as caught:
        read_unit(unit(tmp_path, f"# %% nbgrader={metadata}\n1\n"))
    assert "09_made_up.py" in str(caught.value)
