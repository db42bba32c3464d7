"""Where no sandbox can be had grading stops, unless students are trusted, which the report says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell
from typer.testing import CliRunner

from autograder.cli import app
from autograder.exam.process import Unconfined
from autograder.grading.verdict import load_verdicts, verdict_folder
from autograder.plugins.examine import Examine, NoSandboxError
from autograder.sandbox import Sandbox
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.hostile import judge_hostile
from autograder.selftest.temporary_classroom import classroom_at

UNIT = "00_start_here"
LOOK = "import pathlib\nassert not pathlib.Path({!r}).exists(), 'seen'"


@pytest.fixture
def classroom(tmp_path: Path) -> Iterator[Path]:
    with classroom_at(tmp_path / "classroom", "trust") as folder:
        notebook = compose(UNIT, solutions(UNIT), complete=False)
        notebook.cells.insert(0, new_code_cell(LOOK.format(str(folder))))
        hand_in(notebook, UNIT, "student")
        hand_in(notebook, UNIT, "empty").write_text("")
        yield folder


@pytest.fixture
def without_sandbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine on which bubblewrap is not installed: no program of that name is found."""
    from autograder import sandbox

    monkeypatch.setenv("PATH", str(tmp_path))
    sandbox._why_unavailable.cache_clear()
    yield
    sandbox._why_unavailable.cache_clear()


def command(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*arguments])
    return result.exit_code, " ".join(result.output.split())


@pytest.mark.usefixtures("without_sandbox")
def test_without_a_sandbox_it_stops_and_says_what_to_do(classroom: Path) -> None:
    # Workers keep the environment that the first of a process began with: here are none.
    code, reported = command("grade", "00", "--workers", "1")
    assert code == 2
    assert "bubblewrap (the program bwrap) is not installed" in reported
    assert "trust" not in reported, "no failure advises less safety"
    assert not list(verdict_folder(UNIT).glob("*.json"))


@pytest.fixture
def slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which a sandbox takes longer to start than anyone waits."""
    from autograder import sandbox
    from autograder.sandbox import starting

    monkeypatch.setattr(starting, "SEAL_TIMEOUT", 0.0001)
    sandbox._why_unavailable.cache_clear()


@pytest.mark.usefixtures("slow_machine")
def test_a_slow_machine_is_told_from_one_without_a_sandbox(
    classroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, reported = command("grade", "00", "--workers", "1")
    assert code == 2
    assert "too busy: the sandbox did not start" in reported
    assert "run the same command again" in reported
    assert "cannot" not in reported
    assert "trust" not in reported
    assert not list(verdict_folder(UNIT).glob("*.json"))
    monkeypatch.undo()
    assert Sandbox().available() is None, "it is tried anew"


@pytest.mark.usefixtures("without_sandbox")
def test_hostile_answers_are_never_run_without_one() -> None:
    """Asked with none, so that nothing runs should this ever fail."""
    with pytest.raises(NoSandboxError, match="bubblewrap"):
        judge_hostile([])


def test_hostile_answers_are_not_run_where_the_examination_takes_no_sandbox(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Examine, "confinement", lambda self: Unconfined())
    with pytest.raises(NoSandboxError, match="replaces the sandbox"):
        judge_hostile([])


@pytest.mark.usefixtures("without_sandbox")
def test_who_trusts_students_is_reported_in_red(classroom: Path) -> None:
    code, reported = command("grade", "00", "--trust-students", "--workers", "1")
    assert code == 0, reported
    assert "Not sandboxed: 1 of 2 submissions ran without a sandbox" in reported
    verdicts = load_verdicts(UNIT)
    assert verdicts["student"].automatic == (1, 1)
    assert not verdicts["student"].sandboxed
    assert verdicts["empty"].sandboxed, "nothing of it was run"
    assert command("report", "00")[0] == 0
    page = (classroom / "report.html").read_text(encoding="utf-8")
    assert '<p class="alarm" role="alert"><strong>Not sandboxed:</strong> 1 of 2' in page


def test_in_the_sandbox_nobody_is_trusted_and_nothing_reported(classroom: Path) -> None:
    code, reported = command("grade", "00")
    assert code == 0, reported
    assert "trusted" not in reported
    assert load_verdicts(UNIT)["student"].sandboxed
    assert command("report", "00")[0] == 0
    assert "alarm" not in (classroom / "report.html").read_text(encoding="utf-8").split("<body>")[1]
