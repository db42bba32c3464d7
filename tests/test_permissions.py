"""Folders of staff's are closed at each start, or it is said who can close them."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder import doctor, paths, permissions
from autograder.cli import app

NOBODY = 65534
SHARED = "c = get_config()\nc.CourseDirectory.groupshared = True\n"


@pytest.fixture
def tree(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A source tree of three open folders, with a classroom, which other accounts can reach."""
    with tempfile.TemporaryDirectory(dir="/tmp") as made:  # pytest's own folders are closed
        place = Path(made)
        place.chmod(0o755)
        for name in ("answers", "autograder/hidden_tests", ".git", "build", "classroom"):
            (place / name).mkdir(parents=True)
            (place / name).chmod(0o755)
        for name in ("ROOT", "FOLDER"):
            monkeypatch.setattr(paths, name, place)
        monkeypatch.setattr(paths, "BUILD", place / "build")
        monkeypatch.delenv("DESCENT_GRADEBOOK", raising=False)
        monkeypatch.setenv("DESCENT_CLASSROOM", str(place / "classroom"))
        yield place


def mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o7777)


def test_what_belongs_to_this_account_is_closed_at_each_start(tree: Path) -> None:
    told = CliRunner().invoke(app, ["report"])
    places = permissions.private_places()
    assert {place.name for place in places} == {
        "answers", "hidden_tests", ".git", "build", "classroom",
    }  # fmt: skip
    assert all(mode(place) == "0o700" for place in places)
    assert all(str(place) in told.output for place in places)
    assert "closed" not in CliRunner().invoke(app, ["report"]).output
    (tree / "classroom").chmod(0o777)
    assert permissions.close() == permissions.Walls(closed=(tree / "classroom",))


def test_a_group_of_graders_keeps_its_access(tree: Path) -> None:
    (tree / "nbgrader_config.py").write_text(SHARED)
    (tree / "classroom" / "secret").touch()
    (tree / "answers").chmod(0o775)
    permissions.close()
    assert mode(tree / "answers") == "0o770"
    assert mode(tree / "classroom") == "0o2770"
    assert mode(tree / "classroom" / "secret") == "0o640"
    (tree / "nbgrader_config.py").write_text(SHARED + "c.CourseDirectory.groupshared = False\n")
    permissions.close()
    assert mode(tree / "answers") == "0o700"


@pytest.mark.parametrize("text", ["c.CourseDirectory.groupshared = maybe()\n", "(", "# = True\n"])
def test_a_doubtful_setting_leaves_all_closed(tree: Path, text: str) -> None:
    (tree / "nbgrader_config.py").write_text(text)
    assert not permissions.group_shared()


def test_a_gradebook_elsewhere_is_closed_too(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tree / "gradebook.db"
    elsewhere.touch()
    monkeypatch.setenv("DESCENT_GRADEBOOK", f"sqlite:///{elsewhere}")
    assert elsewhere in permissions.close().closed
    monkeypatch.setenv("DESCENT_GRADEBOOK", "postgresql://host/grades")
    assert elsewhere not in permissions.private_places()


def test_who_can_close_another_s_folder_is_said(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() == 0:
        os.chown(tree / "answers", NOBODY, NOBODY)
        foreign, owner = tree / "answers", "nobody"
    else:
        foreign, owner = Path("/etc"), "root"
        monkeypatch.setattr(permissions, "private_places", lambda: [foreign])
    before = mode(foreign)
    (sentence,) = permissions.close().open
    assert f"can read {foreign}; it belongs to {owner}, who can close it" in sentence
    assert mode(foreign) == before
    if os.geteuid() == 0:
        tree.chmod(0o700)  # nobody comes as far as that
        assert permissions.close().open == ()


def test_an_installed_copy_is_closed_by_doctor_only(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "INSTALLED", True)
    monkeypatch.setattr(paths, "PACKAGED_DATA", tree / "answers")
    (tree / "hidden_tests").mkdir()
    walls = permissions.close(packages=False)
    assert set(walls.closed) == {tree / "classroom", tree / "build"}
    assert all("`autograder doctor`" in sentence for sentence in walls.open)
    assert len(walls.open) == 2
    assert set(permissions.close(packages=True).closed) == {tree / "answers", tree / "hidden_tests"}


def test_what_commands_write_is_for_this_account_alone(tree: Path) -> None:
    out = tree / "grades.csv"
    code = (
        "import os, sys; from autograder import cli; from autograder.grading import export;"
        "export.export = lambda to, units: to.write_text('ada,1');"
        f"cli.app(['export', '--to', {str(out)!r}])"
    )
    subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, cwd=paths.ROOT)
    assert mode(out) == "0o600"


def test_a_folder_that_is_missing_is_made_closed(tree: Path) -> None:
    permissions.make_private(tree / "new" / "build")
    assert mode(tree / "new" / "build") == "0o700"


def test_doctor_closes_and_finds_nothing_else_to_do(tree: Path) -> None:
    told = CliRunner().invoke(app, ["doctor"]).output
    assert "other accounts" in told
    assert mode(tree / "classroom") == "0o700"
    assert "students' code can be confined" in told


def test_doctor_names_a_package_of_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = metadata.version("numpy")
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        f"numpy=={here} \\\n    --hash=sha256:0\n    # via descent\n"
        "plotly==1.0.0 \\\n    --hash=sha256:0\nno-such==1.0 ; python_version < '4' \\\n"
        "    --hash=sha256:0\nelsewhere==1.0 ; sys_platform == 'none' \\\n    --hash=sha256:0\n"
    )
    monkeypatch.setattr(doctor, "LOCK", lock)
    (found,) = doctor._packages()
    assert not found.passed
    assert "no-such is missing (pinned ==1.0)" in found.found
    assert "numpy" not in found.found
    assert "plotly" in found.found
    assert "elsewhere" not in found.found


def test_doctor_names_a_silent_fork_server(tmp_path: Path) -> None:
    assert "No such file" in doctor._why_silent(str(tmp_path / "none.sock"))
