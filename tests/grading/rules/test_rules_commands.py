"""`autograder rules` and `autograder extend`: what is set, shown, refused and told to students."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from traitlets.config import Config
from typer.testing import CliRunner

from autograder import console
from autograder.cli import app
from autograder.grading.gradebook import open_gradebook, register_unit
from autograder.grading.lock import lock_classroom
from autograder.grading.rules.late_rule import LateRule, RulesError
from autograder.grading.rules.published import publish
from autograder.grading.rules.unit_rules import UnitRules, extensions, load_rules
from autograder.selftest.temporary_classroom import classroom_at
from tests.grading.configured import configure, put_exchange

UNIT = "00_start_here"
DUE = "2026-05-01 12:00 UTC"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(console.screen, "width", 250)
    with classroom_at(tmp_path / "classroom", "tests") as folder:
        folder.mkdir()
        (tmp_path / "list.csv").write_text("id\nada\nben\n")
        run("roster", str(tmp_path / "list.csv"))
        yield folder


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def state(room: Path) -> object:
    """Return all that a rule could have changed."""
    file = room / "rules.json"
    with open_gradebook() as book:
        dates = [(unit.name, unit.duedate) for unit in book.assignments]
    return file.read_bytes() if file.exists() else None, dates, sorted(room.iterdir())


def test_what_is_set_is_shown(room: Path) -> None:
    told = run("rules", "00", "--due", "2026-05-01 14:00 +02:00", "--late", "10 % per day",
               "--attempts", "3", "--counts", "best", "--before-due", "hints")  # fmt: skip
    assert told.exit_code == 0, told.output
    (line,) = [line for line in told.output.splitlines() if UNIT in line]
    row = [cell.strip() for cell in line.split("│")[1:-1]]
    assert row == [UNIT, DUE, "10%/day", "3", "best", "hints", ""]
    assert run("rules").output.count("│ any ") == 7
    told = run("extend", "ada", "00", "--until", "2026-05-02 12:00 UTC")
    assert told.output == f"{UNIT} is due 2026-05-02 12:00 UTC for ada, for everybody else {DUE}\n"
    assert run("extend", "ben", "00").output == f"{UNIT} is due {DUE} for ben, as for everybody\n"
    assert "ada until 2026-05-02 12:00 UTC" in run("rules", "00").output
    assert (room / "rules.json").stat().st_mode & 0o077 == 0


def test_a_date_is_in_nbgrader_s_gradebook_and_all_can_be_taken_back(room: Path) -> None:
    run("rules", UNIT, "--due", "1 May 2026 14:00 CEST", "--attempts", "2", "--late", "zero")
    with open_gradebook() as book:
        assignment = book.find_assignment(UNIT)
        assert str(assignment.duedate) == "2026-05-01 12:00:00"
        assert assignment.max_score == 1.0
    run("extend", "ada", UNIT, "--until", "2026-05-02 12:00 UTC")
    assert extensions(UNIT) == {"ada": timedelta(days=1)}
    run("extend", "ada", UNIT, "--until", "none")
    assert extensions(UNIT) == {}
    run("extend", "ada", UNIT, "--until", "2026-05-02 12:00 UTC")
    run("rules", UNIT, "--due", "none", "--attempts", "any", "--late", "default")
    assert load_rules([UNIT]) == {UNIT: UnitRules()}
    assert extensions(UNIT) == {}


def test_an_extension_moves_with_the_due_date_and_into_the_gradebook(room: Path) -> None:
    run("rules", UNIT, "--due", DUE)
    run("extend", "ada", UNIT, "--until", "2026-05-02 12:00 UTC")
    assert json.loads((room / "rules.json").read_text())["extensions"] == {UNIT: {"ada": 86400.0}}
    run("rules", UNIT, "--due", "2026-05-08 12:00 UTC")
    assert "2026-05-09 12:00 UTC for ada" in run("extend", "ada", UNIT).output
    with open_gradebook() as book:
        book.add_submission(UNIT, "ada")
    run("rules", UNIT, "--late", "zero")
    assert json.loads((room / "rules.json").read_text())["extensions"] == {}
    with open_gradebook() as book:
        assert book.find_submission(UNIT, "ada").extension == timedelta(days=1)
    run("extend", "ada", UNIT, "--until", "none")
    with open_gradebook() as book:
        assert book.find_submission(UNIT, "ada").extension is None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["rules", "00", "--due", "next Friday"], "is not a date that can be read"),
        (["rules", "00", "--due", "2026-05-01 12:00"], "names no time zone"),
        (["rules", "00", "--due", "05/06/2026 12:00 UTC"], "could be day 5 of month 6"),
        (["rules", "00", "--due", "2026-02-30 12:00 UTC"], "is no date of the calendar"),
        (["rules", "00", "--due", "2026-05-01 12:00 CST"], "which is not known here"),
        (["rules", "99", "--due", DUE], "no unit is called '99'"),
        (["rules", "--attempts", "2"], "name the unit"),
        (["rules", "00", "--attempts", "-1"], "no number of attempts"),
        (["rules", "00", "--attempts", "0"], "no number of attempts"),
        (["rules", "00", "--attempts", "two"], "no number of attempts"),
        (["rules", "00", "--attempts", "9" * 30], "no number of attempts"),
        (["rules", "00", "--late", "-5%"], "no rule for late work"),
        (["rules", "00", "--late", "120%"], "no rule for late work"),
        (["rules", "00", "--late", "a bit"], "no rule for late work"),
        (["rules", "00", "--counts", "first"], "none of on-time, last, best"),
        (["rules", "00", "--before-due", "all"], "none of points, hints"),
        (["extend", "eve", "00", "--until", "2026-05-02 12:00 UTC"], "no student is called 'eve'"),
        (["extend", "ada", "99", "--until", "2026-05-02 12:00 UTC"], "no unit is called"),
        (["extend", "ada", "00", "--until", "tomorrow"], "is not a date"),
        (["extend", "ada", "00", "--until", "2026-04-01 12:00 UTC"], "is not after"),
        (["extend", "ada", "01", "--until", "2026-05-02 12:00 UTC"], "has no due date"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_changes_nothing(
    room: Path, words: list[str], why: str
) -> None:
    run("rules", "00", "--due", DUE, "--attempts", "2")
    before = state(room)
    good = ["--counts", "last"] if words[0] == "rules" and "--counts" not in words else []
    told = run(*words, *good)
    assert told.exit_code == 2
    assert why in told.output
    assert len(told.output.strip().splitlines()) == 1
    assert state(room) == before


def test_a_gradebook_that_refuses_leaves_the_rules_as_they_were(room: Path) -> None:
    run("rules", UNIT, "--due", DUE, "--attempts", "2")
    before = state(room)
    with open_gradebook() as book:
        book.db.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE ON assignment "
            "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
        book.db.commit()
    told = run("rules", UNIT, "--due", "2026-06-01 12:00 UTC", "--attempts", "5")
    assert told.exit_code == 2
    assert "nothing was changed: disk full" in told.output
    assert state(room) == before


def test_while_it_is_graded_no_rule_is_changed(room: Path) -> None:
    with lock_classroom():
        told = run("rules", "00", "--attempts", "2")
    assert told.exit_code == 2
    assert "is being graded" in told.output
    assert not (room / "rules.json").exists()


@pytest.mark.parametrize(
    "text",
    [
        *("{", "[]", '{"units": {}}', '{"units": {"a": {"b": 1}}, "extensions": {}}'),
        '{"units": {"00_start_here": {"counts": "first"}}, "extensions": {}}',
        '{"units": {"00_start_here": {"late": "much"}}, "extensions": {}}',
        '{"units": {"00_start_here": {"attempts": -1}}, "extensions": {}}',
    ],
)
def test_a_file_that_was_damaged_is_named(room: Path, text: str) -> None:
    (room / "rules.json").write_text(text)
    for words in (["rules"], ["rules", "00", "--attempts", "2"]):
        told = run(*words)
        assert told.exit_code == 2
        assert "rules.json cannot be read" in told.output
    assert (room / "rules.json").read_text() == text


def test_a_school_s_own_plugin_decides_alone(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(settings: Config) -> None:
        settings.AssignLatePenalties.plugin_class = "school.Rule"

    configure(monkeypatch, change)
    told = run("rules", "00", "--late", "10%")
    assert told.exit_code == 2
    assert "names school.Rule for late work" in told.output
    assert "as school.Rule says" in run("rules", "00").output


def test_a_forgotten_student_has_no_extension(room: Path) -> None:
    run("rules", UNIT, "--due", DUE)
    run("extend", "ada", UNIT, "--until", "2026-05-02 12:00 UTC")
    told = run("forget", "ada", "--yes")
    assert "an extension in rules.json" in told.output
    assert "ada" not in (room / "rules.json").read_text()


def test_students_programs_read_what_is_published_and_no_name(
    room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_exchange(monkeypatch, tmp_path / "exchange")
    register_unit(UNIT)
    assert not publish()
    there = tmp_path / "exchange" / "descent"
    there.mkdir(parents=True)
    run("rules", UNIT, "--due", DUE, "--attempts", "2", "--late", "10%/day")
    run("extend", "ada", UNIT, "--until", "2026-05-02 12:00 UTC")
    text = (there / "rules.json").read_text()
    assert json.loads(text)[UNIT] == {
        "due": "2026-05-01T12:00:00+00:00", "late": "10%/day", "attempts": 2, "counts": "on-time"
    }  # fmt: skip
    assert "ada" not in text
    assert (there / "rules.json").stat().st_mode & 0o777 == 0o644
    assert not publish(), "it is not written again"


@pytest.mark.parametrize(
    ("rule", "hours", "penalty"),
    [
        ("none", 5, 0), ("zero", 0.1, 8), ("25%", 1, 2), ("25%", 500, 2), ("10%/day", 0, 0),
        ("10%/day", 24, 0.8), ("10%/day", 24.1, 1.6), ("10%/day", 900, 8), ("12,5%", 1, 1),
        ("5 % an hour", 2.5, 1.2), ("zero", 0, 0),
    ],
)  # fmt: skip
def test_what_late_work_costs(rule: str, hours: float, penalty: float) -> None:
    read = LateRule.parse(rule)
    assert read.penalty(8, timedelta(hours=hours)) == pytest.approx(penalty)
    assert LateRule.parse(str(read)) == read


def test_a_penalty_is_in_hundredths_and_never_more_than_was_reached() -> None:
    assert LateRule(33, "day").penalty(7.77, timedelta(days=1)) == 2.56
    assert LateRule(99.99).penalty(0.01, timedelta(days=1)) <= 0.01
    with pytest.raises(RulesError):
        LateRule.parse("0%")
