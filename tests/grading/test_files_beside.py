"""What lies beside a notebook goes along, and what does not is named."""

import os
from pathlib import Path

import pytest

from autograder import nbgrader_bridge, paths
from autograder.grading.gradebook import register_unit
from autograder.grading.marking import Submission
from autograder.grading.pool.task import Task, read_files, run_task
from autograder.grading.verdict import Verdict
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from autograder.submission.files_beside import (
    MAX_BYTES_BESIDE,
    MAX_FILES_BESIDE,
    MAX_LEVELS,
    files_beside,
)
from tests.grading.conftest import UNIT, find


def fill(folder: Path, content: dict[str, bytes | int]) -> Path:
    """Write files, of an integer's length without content."""
    for name, data in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else b"")
        if isinstance(data, int):
            os.truncate(path, data)
    return folder


def taken(folder: Path) -> set[str]:
    return {path.as_posix() for path in files_beside(folder).taken}


def test_folders_go_along_and_what_programs_make_for_themselves_does_not(tmp_path):
    wanted = {"mine.py", "tools/__init__.py", "tools/deep/er.py", "data/a.csv", "read me.txt"}
    needless = {
        "tools/__pycache__/er.pyc", ".git/config", ".ipynb_checkpoints/a.ipynb", "other.ipynb",
        "tools/trial.ipynb", "__MACOSX/._mine.py", "venv/pyvenv.cfg", "venv/lib/a.py",
        "data/.DS_Store",
    }  # fmt: skip
    fill(tmp_path, dict.fromkeys(wanted | needless, b"1"))
    assert taken(tmp_path) == wanted
    assert files_beside(tmp_path).reasons == []


def test_a_large_file_is_named_and_leaves_room_for_the_others(tmp_path):
    fill(tmp_path, {"a.csv": MAX_BYTES_BESIDE + 1, "b.csv": b"1", "tools/half.py": b"1"})
    assert taken(tmp_path) == {"b.csv", "tools/half.py"}
    assert files_beside(tmp_path).reasons == [
        "left out of what lies beside the notebook: 'a.csv' (20.0 MB), as at most 20 MB and "
        "1,000 files are taken along"
    ]


def test_programs_come_before_data(tmp_path):
    fill(tmp_path, {"a.csv": MAX_BYTES_BESIDE - 10, "b.csv": 20, "z/tool.py": 100})
    assert taken(tmp_path) == {"z/tool.py", "b.csv"}


def test_of_many_files_some_are_named_and_the_rest_counted(tmp_path):
    fill(tmp_path, {f"d/{number:05}": b"" for number in range(MAX_FILES_BESIDE + 10)})
    found = files_beside(tmp_path)
    assert len(found.taken) == MAX_FILES_BESIDE
    [reason] = found.reasons
    assert "'d/01000' (0.0 MB), 'd/01001' (0.0 MB), 'd/01002' (0.0 MB) and 7 more" in reason


def test_links_pipes_and_what_hides_the_course_stay_behind(tmp_path):
    fill(tmp_path, {"course/checks.py": b"1", "sub/course.py": b"1", "autograder.py": b"1"})
    (tmp_path / "link").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe")
    fill(tmp_path, {"/".join(["d"] * (MAX_LEVELS + 2)): b"1"})
    found = files_beside(tmp_path)
    assert taken(tmp_path) == {"sub/course.py"}
    reasons = " ".join(found.reasons)
    for words in (
        "'autograder.py', 'course', as the course has a package of that name",
        "'link', as links are not followed",
        "'pipe', as only files and folders",
        "8 levels deep",
    ):
        assert words in reasons


@pytest.mark.parametrize("name", [os.fsdecode(b"\xe9.csv"), "x" * 200, "a\nb"])
def test_a_reason_can_be_written_whatever_a_file_is_called(tmp_path, name):
    fill(tmp_path, {name: MAX_BYTES_BESIDE + 1})
    [reason] = files_beside(tmp_path).reasons
    assert reason.encode()
    assert "\n" not in reason
    assert len(reason) < 250


def marked(content: dict[str, bytes | int], first: str, cost: str, folder: Path) -> Verdict:
    """Return the verdict on a notebook that begins with `first` and uses what lies beside it."""
    with classroom_at(folder, "beside"):
        unit = register_unit(UNIT)
        notebook = compose(UNIT, solutions(UNIT) | {"cost": cost}, complete=False)
        find(notebook, "cost").source = f"{first}\n\n{cost}"
        there = hand_in(notebook, UNIT, "ada").parent
        fill(there, content)
        submission = Submission("ada", UNIT, there)
        settings = dict(nbgrader_bridge.config().Examine)
        task = Task(submission, read_files(submission), unit, settings, "beside", {})
        return run_task(task).verdict


def test_a_package_beside_a_notebook_is_imported(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(paths.ROOT))
    cost = solutions(UNIT)["cost"].replace("return ", "return HALF * 2 * ")
    package = {"tools/__init__.py": b"", "tools/numbers.py": b"HALF = 0.5\n"}
    first = "from tools.numbers import HALF"
    verdict = marked(
        package | {"data.csv": MAX_BYTES_BESIDE + 1}, first, cost, tmp_path / "classroom"
    )
    assert verdict.exercises["cost"].right
    [reason] = verdict.reasons
    assert "'data.csv' (20.0 MB)" in reason
