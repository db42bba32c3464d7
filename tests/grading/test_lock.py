"""Two gradings of one classroom: the second is told whose the first is, and changes nothing."""

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from autograder import paths
from autograder.cli import app
from autograder.grading.gradebook import GradingError
from autograder.grading.lock import lock_classroom
from autograder.grading.run import grade
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from tests.waiting import TIMEOUT

UNIT = "00_start_here"
HOLDS = """
import sys
from autograder.grading.lock import lock_classroom
with lock_classroom():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def classroom(tmp_path):
    with classroom_at(tmp_path / "classroom", "tests") as folder:
        for number in range(4):
            hand_in(compose(UNIT, solutions(UNIT), complete=False), UNIT, f"s{number}")
        yield folder


@pytest.fixture
def holder(classroom):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS],
        cwd=paths.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_is_told_who_grades_and_changes_nothing(classroom, holder):
    result = CliRunner().invoke(app, ["grade", "00", "--workers", "1"])
    assert result.exit_code == 2
    assert f"on {os.uname().nodename} (process {holder.pid}) since 20" in result.output
    assert "run the same command again; nothing was changed" in result.output
    assert not (classroom / "gradebook.db").exists()
    assert not (classroom / "verdicts").exists()


def test_the_lock_is_gone_with_its_process_however_that_ends(classroom, holder):
    holder.kill()
    holder.wait(TIMEOUT)
    assert (classroom / "grading.lock").read_text()  # it could not clear what it wrote
    assert [verdict.points for verdict in grade(UNIT)] == [1.0] * 4
    assert (classroom / "grading.lock").read_text() == ""


def test_in_one_process_too_only_one_grades(classroom):
    with lock_classroom():
        with pytest.raises(GradingError, match="is being graded, by this very process"):
            grade(UNIT)
        with subprocess.Popen(  # that attempt has not given the lock away
            [sys.executable, "-c", HOLDS], cwd=paths.ROOT,
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        ) as other:  # fmt: skip
            assert f"(process {os.getpid()})" in other.communicate(timeout=TIMEOUT)[1]
    assert [verdict.points for verdict in grade(UNIT)] == [1.0] * 4


def test_another_classroom_is_not_concerned(classroom, holder, tmp_path):
    with classroom_at(tmp_path / "another", "tests"):
        hand_in(compose(UNIT, {}, complete=False), UNIT, "ada")
        assert len(grade(UNIT)) == 1


@pytest.mark.parametrize("_", range(3))
def test_two_that_are_started_at_once_both_end_well_or_one_waits_its_turn(classroom, _):
    command = [sys.executable, "-m", "autograder", "grade", "--again", "00", "--workers", "1"]
    both = [
        subprocess.Popen(command, cwd=paths.ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in both:
        reported = process.communicate(timeout=TIMEOUT)[1]
        assert "Traceback" not in reported
        assert process.returncode == 0 or "is being graded, by" in reported
    assert 0 in [process.returncode for process in both]


def test_a_file_that_cannot_be_opened_is_reported(classroom):
    (classroom / "grading.lock").mkdir()
    with pytest.raises(GradingError, match=r"grading\.lock cannot be opened"):
        grade(UNIT)
