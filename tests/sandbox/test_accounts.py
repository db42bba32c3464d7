"""Grading by root and by an ordinary user: the same verdicts, and nobody need be trusted."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from autograder.grading.verdict import load_verdicts
from autograder.paths import ROOT
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from tests.sandbox.conftest import NOBODY, as_user

UNIT = "00_start_here"


@pytest.fixture
def home(user: str) -> Iterator[Path]:
    """A folder that belongs to the one who grades; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        with classroom_at(Path(folder, "classroom"), "accounts"):
            notebook = compose(UNIT, solutions(UNIT), complete=False)
            hand_in(notebook, UNIT, "right")
            for name in ("side file shut", "folder shut", "all shut"):
                hand_in(notebook, UNIT, name).with_name("data.csv").write_text("1,2\n")
            submitted = Path(folder, "classroom", "submitted")
            (submitted / "side file shut" / UNIT / "data.csv").chmod(0)
            (submitted / "folder shut" / UNIT).chmod(0)
            (submitted / "all shut").chmod(0)
            notebook.cells.append(new_code_cell("import os; os._exit(3)"))
            hand_in(notebook, UNIT, "exits")
        if user == "ordinary" and os.geteuid() == 0:
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", folder], check=True)
        yield Path(folder)


@pytest.mark.slow
def test_a_class_is_graded_by_any_account(user: str, home: Path) -> None:
    done = subprocess.run(
        as_user(user, [sys.executable, "-m", "autograder", "grade", "00"]),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "DESCENT_CLASSROOM": str(home / "classroom"),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with classroom_at(home / "classroom", "accounts"):
        found = load_verdicts(UNIT)
    shut = user == "ordinary"  # nothing is to root
    assert {name: verdict.automatic for name, verdict in found.items()} == {
        "right": (1, 1),
        "exits": (1, 1),
        "side file shut": (1, 1),
        "folder shut": (1 - shut, 1),
        "all shut": (1 - shut, 1),
    }
    assert found["right"].reasons == ()
    denied = ("left out of what lies beside the notebook: 'data.csv', as it cannot be read",)
    assert found["side file shut"].reasons == (denied if shut else ())
    for name in ("folder shut", "all shut"):
        denied = ("the file cannot be read: Permission denied",)
        assert found[name].reasons == (denied if shut else ())
    assert "exit status 3" in found["exits"].reasons[0]
    assert all(verdict.sandboxed for verdict in found.values())
