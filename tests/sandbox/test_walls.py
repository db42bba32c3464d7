"""Three accounts of one machine: none reaches a hidden test, an answer, a grade or others' work."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from autograder.paths import ROOT
from autograder.permissions import STAFF
from tests.sandbox.conftest import with_open_home
from tests.sandbox.three_accounts import EXCHANGE, PLACE, TREE, UNIT

pytestmark = pytest.mark.slow
CLOSED = (*STAFF, "classroom", "build")
HOMES = ("teacher", "ada", "ben")


@cache
def school() -> dict:
    """Return what each account could do; root is asked where these tests run as another."""
    program = [sys.executable, "-m", "tests.sandbox.three_accounts"]
    asked = ["sudo", "-n", "env", f"PYTHONPATH={ROOT}", "unshare", "--mount", *program]
    command = with_open_home(program) if os.geteuid() == 0 else asked
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def within(path: str, *folders: Path) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)


def reached(account: str, how: str, *folders: Path) -> list[str]:
    return [path for path in school()["can"][account][how] if within(path, *folders)]


def test_there_is_something_to_reach() -> None:
    for name in CLOSED:
        inside = [path for path in school()["there"] if within(path, TREE / name)]
        assert len(inside) > 2, name
        assert reached("teacher", "read", TREE / name)
    for student in ("ada", "ben"):
        collected = TREE / "classroom" / "submitted" / student / UNIT
        assert str(collected / f"{UNIT}.ipynb") in school()["there"]
        assert str(TREE / "classroom/feedback" / student / "index.html") in school()["there"]
        # The exchange leaves it for everybody to write into: it is the folder around that counts.
        assert school()["modes"][str(collected)] == "0o777"


@pytest.mark.parametrize("student", ["ada", "ben"])
@pytest.mark.parametrize("how", ["read", "write"])
def test_a_student_reaches_nothing_of_staff_s(student: str, how: str) -> None:
    assert reached(student, how, *(TREE / name for name in CLOSED)) == []
    if how == "write":
        assert reached(student, how, TREE) == []


@pytest.mark.parametrize("account", HOMES)
def test_each_home_is_its_owner_s(account: str) -> None:
    others = [PLACE / name for name in HOMES if name != account]
    for how in ("read", "write"):
        assert reached(account, how, *others) == []
        assert reached(account, how, PLACE / account)


def test_students_read_the_course_and_what_is_released() -> None:
    for folder in (TREE / "course", EXCHANGE / "descent" / "outbound"):
        inside = [path for path in school()["there"] if within(path, folder)]
        assert reached("ada", "read", folder) == inside
        assert reached("ada", "write", folder) == []


def test_nobody_lists_what_others_have_handed_in() -> None:
    inbound = EXCHANGE / "descent" / "inbound"
    for student in ("ada", "ben"):
        assert str(inbound) not in school()["can"][student]["read"]
    assert str(inbound) in school()["can"]["teacher"]["read"]
