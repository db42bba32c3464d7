"""nbgrader's configuration is executed once for a classroom, and each caller has its own."""

import os
from pathlib import Path

import pytest
from nbgrader.apps import NbGrader
from nbgrader.preprocessors import Execute
from nbgrader.server_extensions.validate_assignment.handlers import ValidateAssignmentHandler
from traitlets.config.loader import PyFileConfigLoader

from autograder import nbgrader_bridge, paths
from autograder.exam.limits import Limits
from autograder.plugins.examine import Examine
from autograder.selftest.temporary_classroom import classroom_at


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The classroom each time that the file was executed."""
    seen: list[str] = []
    execute = PyFileConfigLoader.load_config

    def counting(self: PyFileConfigLoader) -> object:
        seen.append(os.environ["DESCENT_CLASSROOM"])
        return execute(self)

    monkeypatch.setattr(PyFileConfigLoader, "load_config", counting)
    return seen


def test_a_process_executes_it_once_for_each_classroom(tmp_path: Path, executed: list[str]) -> None:
    rooms = [tmp_path / name for name in ("one", "other")]
    for folder in (*rooms, *rooms, rooms[1]):
        with classroom_at(folder, "tests"):
            reported = nbgrader_bridge.config().CourseDirectory
            assert reported.submitted_directory == str(folder / "submitted")
            assert reported.db_url == paths.gradebook() == f"sqlite:///{folder / 'gradebook.db'}"
    assert executed == [str(folder) for folder in rooms]


def test_another_gradebook_is_another_configuration(tmp_path: Path, executed: list[str]) -> None:
    for url in ("sqlite:////one.db", "sqlite:////two.db"):
        with classroom_at(tmp_path, "tests", gradebook=url):
            assert nbgrader_bridge.config().CourseDirectory.db_url == url
    assert len(executed) == 2


def test_what_one_caller_changes_no_other_sees(tmp_path: Path) -> None:
    with classroom_at(tmp_path, "tests"):
        mine = nbgrader_bridge.config()
        before = nbgrader_bridge.config()
        mine.Examine.timeout = 1
        mine.Examine.limits = {"cpu": 1}
        mine.CourseDirectory.assignment_id = "01"
        mine.HTMLExporter.filters["clean_html"] = "mine"
        mine.Autograde.autograde_preprocessors.append("mine")
        assert nbgrader_bridge.config() == before != mine


def seconds_in_validate(folder: Path, monkeypatch: pytest.MonkeyPatch) -> int | None:
    """Return what the button Validate allows a cell, in a server that was started in a folder."""
    monkeypatch.chdir(folder)
    NbGrader.clear_instance()
    handler = ValidateAssignmentHandler.__new__(ValidateAssignmentHandler)
    found: int | None = Execute(config=handler.load_config()).timeout
    return found


def test_validate_allows_a_cell_what_grading_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = Limits().cell_cpu  # in Validate on the clock, which is what nbgrader counts
    with classroom_at(tmp_path, "tests"):
        settings = nbgrader_bridge.config()
        settings.Examine.pop("timeout", None)  # the classes of other tests have a shorter one
        assert Execute(config=settings).timeout == Examine(config=settings).timeout == limit
        assert seconds_in_validate(paths.ROOT, monkeypatch) == limit
    # A student's machine has the course's wheel, which brings a file for Jupyter's own folder.
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(paths.ROOT / "course" / "jupyter"))
    assert seconds_in_validate(tmp_path, monkeypatch) == limit
