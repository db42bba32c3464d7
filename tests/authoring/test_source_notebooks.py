"""nbgrader's source notebooks are there and new whenever its configuration is read."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder import nbgrader_bridge, paths
from autograder.authoring import source_notebooks

UNIT = "00_start_here"
COUNT = (
    "import sys\n"
    "from traitlets.config.loader import PyFileConfigLoader\n"
    "PyFileConfigLoader('nbgrader_config.py').load_config()\n"
    "sys.exit('jupytext' in sys.modules)"
)


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course has one unit, a copy, and nothing was ever built; where its notebook belongs."""
    monkeypatch.setattr(paths, "SOURCE", tmp_path / "texts")
    monkeypatch.setattr(paths, "BUILD", tmp_path / "build")
    monkeypatch.setenv("DESCENT_CLASSROOM", str(tmp_path / "classroom"))
    paths.SOURCE.mkdir()
    shutil.copy(paths.ROOT / "source" / f"{UNIT}.py", paths.SOURCE)
    return paths.BUILD / "source" / UNIT / f"{UNIT}.ipynb"


def test_a_missing_source_notebook_is_written_and_one_that_is_new_is_left(written: Path) -> None:
    nbgrader_bridge.config()
    assert nbformat.read(written, 4).cells
    assert [path.name for path in written.parents[1].iterdir()] == [UNIT]
    written.write_text("left")
    source_notebooks.refresh()
    assert written.read_text() == "left"


def test_one_that_is_older_than_its_text_is_written_anew(written: Path) -> None:
    source_notebooks.refresh()
    text = paths.SOURCE / f"{UNIT}.py"
    text.write_text(f"{text.read_text()}\n# %%\nthis = 'is new'\n")
    os.utime(written, (0, 0))
    source_notebooks.refresh()
    assert nbformat.read(written, 4).cells[-1].source == "this = 'is new'"


def test_a_text_that_is_no_notebook_is_reported_and_stops_nothing(
    written: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (paths.SOURCE / "98_wrong.py").write_text('# %% nbgrader={"locked": true}\n1\n')
    (paths.SOURCE / "99_right.py").write_text("# %%\n1\n")
    assert nbgrader_bridge.config().CourseDirectory.course_id == "descent"
    assert "98_wrong was not written" in caplog.text
    assert "has no grade_id" in caplog.text
    assert {path.name for path in written.parents[1].iterdir()} == {UNIT, "99_right"}


def test_where_all_are_new_nothing_is_imported_that_takes_time() -> None:
    source_notebooks.refresh()
    ended = subprocess.run([sys.executable, "-c", COUNT], cwd=paths.ROOT, check=False)
    assert ended.returncode == 0
