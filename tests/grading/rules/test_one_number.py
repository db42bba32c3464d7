"""Late work, extensions and attempts: table, report, feedback and CSV show one and the same."""

import csv
import logging
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbgrader.converters import Autograde
from nbgrader.utils import notebook_hash
from typer.testing import CliRunner

from autograder import console, nbgrader_bridge
from autograder.cli import app
from autograder.grading.gradebook import open_gradebook
from autograder.grading.rules.unit_rules import utc_now
from autograder.school import service as services
from autograder.school.service import GradingService
from autograder.selftest.compose import compose, solutions
from autograder.selftest.temporary_classroom import classroom_at
from tests.grading.configured import put_exchange

UNIT, SMALL = "01_linear_regression", "00_start_here"
DUE = datetime(2026, 5, 1, 12)
FULL, LESS = 18.0, 17.0
"""What the grader gives for all answers, and for all but `cost`; reflection waits for a person."""
MOST = 20.0


def answers(kind: str, unit: str) -> dict[str, str]:
    given = solutions(unit) if kind != "none" else {}
    if kind == "less" and unit == UNIT:
        given["cost"] = "def cost(X, y, theta):\n    return 0.0"
    return given


def hand_in(classroom: Path, student: str, when: timedelta, kind: str, unit: str = UNIT) -> str:
    """Keep a hand-in as the service keeps one; return its secret."""
    stamp = (DUE + when).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    folder = classroom / "handed_in" / student / unit / stamp
    folder.mkdir(parents=True)
    nbformat.write(compose(unit, answers(kind, unit), complete=False), folder / f"{unit}.ipynb")
    (folder / "timestamp.txt").write_text(stamp)
    secret = f"{student} {unit} {stamp}"
    (folder / "submission_secret.txt").write_text(secret)
    return secret


def run(*words: str) -> str:
    told = CliRunner().invoke(app, words)
    assert told.exit_code == 0, told.output
    return told.output


def settle(service: GradingService | None = None) -> None:
    """Let the service do all that there is to do."""
    service = service or GradingService()
    while service.step():
        pass


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A classroom with an exchange, in which two units are due."""
    put_exchange(monkeypatch, tmp_path / "exchange")
    monkeypatch.setattr(services, "LOOK_AT_RULES", 0.0)
    monkeypatch.setattr(console.screen, "width", 250)
    (tmp_path / "exchange" / "descent" / "inbound").mkdir(parents=True)
    with classroom_at(tmp_path / "classroom", "tests") as folder:
        (folder / "submitted").mkdir(parents=True)
        yield folder


def in_table(unit: str) -> dict[str, float]:
    """Return the points that `autograder grade` prints, by student."""
    rows = re.findall(rf"^│ (\S+) +│ {unit} +│ +(\S+?)(?: / \S+)? +│", run("grade", unit), re.M)
    return {student: 0.0 if points == "–" else float(points) for student, points in rows}


def in_report(classroom: Path, unit: str) -> dict[str, float]:
    """Return the points that the report shows of everybody, by name."""
    run("report", unit)
    page = BeautifulSoup((classroom / "report.html").read_text(), "html.parser")
    rows = page.select("section[aria-labelledby=everybody] tbody tr")
    found = {row.th.text: row.select("td")[-2].text for row in rows}
    return {name: float(text.split(" / ")[0]) for name, text in found.items()}


def in_csv(unit: str) -> dict[str, float]:
    """Return the scores of the CSV, by student."""
    path = Path(run("export", unit).strip().splitlines()[-1])
    with path.open(newline="") as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def in_feedback(classroom: Path, unit: str) -> dict[str, float]:
    """Return the points on students' own pages; on each page of the notebook are the same."""
    run("feedback", unit)
    found = {}
    for page in (classroom / "feedback").glob("*/index.html"):
        text = BeautifulSoup(page.read_text(), "html.parser").select_one(
            f"section[aria-labelledby='u-{unit}']"
        )
        if text is None:
            continue
        (points,) = re.findall(r"(\S+) of \S+ points\.", text.text)
        notebook = (page.parent / unit / f"{unit}.html").read_text()
        assert f"<strong>{points} of" in notebook
        (header,) = re.findall(rf"<h4>{unit} \(Score: (\S+) / \S+\)</h4>", notebook)
        assert float(header) == pytest.approx(float(points), abs=0.005)
        found[page.parent.name] = float(points)
    return found


def in_gradebook(unit: str) -> dict[str, float]:
    with open_gradebook() as book:
        return {
            one.student.id: max(0.0, one.score - (one.late_submission_penalty or 0.0))
            for one in book.assignment_submissions(unit)
        }


def everywhere(classroom: Path, unit: str) -> dict[str, float]:
    """Return each student's points, which are the same wherever they are shown."""
    shown = in_csv(unit)
    assert in_table(unit) == pytest.approx(shown)
    assert in_report(classroom, unit) == pytest.approx(shown)
    handed_in = {name: shown[name] for name in in_gradebook(unit)}
    assert in_feedback(classroom, unit) == pytest.approx(handed_in)
    assert in_gradebook(unit) == pytest.approx(handed_in)
    assert all(shown[name] == 0 for name in shown.keys() - handed_in.keys())
    return shown


def test_a_class_has_one_number_wherever_it_is_shown(school: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "id\npunctual\ntardy\nextended\nbetter\nworse\nspent\nabsent\n"
    )
    run("roster", str(tmp_path / "list.csv"))
    day, hour = timedelta(days=1), timedelta(hours=1)
    due = "2026-05-01 14:00 +02:00"
    for unit, counts in ((UNIT, "best"), (SMALL, "last")):
        run("rules", unit, "--due", due, "--late", "10%/day", "--attempts", "2", "--counts", counts)
        run("extend", "extended", unit, "--until", "2026-05-03 12:00 UTC")
        hand_in(school, "punctual", -hour, "full", unit)
        hand_in(school, "tardy", day + hour, "full", unit)
        hand_in(school, "extended", day + hour, "full", unit)
        for name, kinds in (("better", ("none", "full")), ("worse", ("full", "none"))):
            hand_in(school, name, -3 * hour, kinds[0], unit)
            hand_in(school, name, -2 * hour, kinds[1], unit)
        for number, kind in enumerate(("none", "less", "full")):
            hand_in(school, "spent", number * timedelta(minutes=1) - day, kind, unit)
    settle()
    assert everywhere(school, UNIT) == pytest.approx(
        {"punctual": FULL, "tardy": 0.8 * FULL, "extended": FULL, "better": FULL, "worse": FULL,
         "spent": LESS, "absent": 0}
    )  # fmt: skip
    assert everywhere(school, SMALL) == pytest.approx(
        {"punctual": 1, "tardy": 0.8, "extended": 1, "better": 1, "worse": 0, "spent": 1,
         "absent": 0}
    )  # fmt: skip
    table = run("grade", UNIT)
    assert "1 day 1 hour late, 3.6 points less" in table
    assert table.count("late") == 1
    assert len(list((school / "handed_in" / "spent" / UNIT).glob("2026*"))) == 3
    told = (school / "report.html").read_text()
    assert "tardy: 1 day 1 hour late, 0.2 points less" in told  # of the smaller unit


def page_of(tmp_path: Path, secret: str, unit: str) -> str:
    """Return what the exchange gives back on a hand-in."""
    name = notebook_hash(secret=secret, notebook_id=unit)
    return (tmp_path / "exchange" / "descent" / "feedback" / f"{name}.html").read_text()


def test_each_hand_in_gets_its_own_page(school: Path, tmp_path: Path) -> None:
    run("rules", SMALL, "--due", "2026-05-01 12:00 UTC", "--counts", "best", "--attempts", "2")
    first = hand_in(school, "ada", timedelta(hours=-3), "full", SMALL)
    second = hand_in(school, "ada", timedelta(hours=-2), "none", SMALL)
    third = hand_in(school, "ada", timedelta(hours=-1), "full", SMALL)
    settle()
    assert "1 of 1 points" in page_of(tmp_path, first, SMALL)
    told = page_of(tmp_path, second, SMALL)
    assert "0 of 1 points" in told
    assert "number 2 of 2" in told
    assert "The best one counts: that of 2026-05-01 09:00 UTC" in told
    told = page_of(tmp_path, third, SMALL)
    assert "kept and does not count" in told
    assert "All 2 attempts" in told
    run("rules", SMALL, "--attempts", "any", "--counts", "last")
    settle()
    assert "1 of 1 points" in page_of(tmp_path, third, SMALL)
    assert "number 3" in page_of(tmp_path, third, SMALL)


@pytest.mark.parametrize(("counts", "points"), [("on-time", 1.0), ("last", 0.0), ("best", 1.0)])
def test_a_late_hand_in_after_one_on_time_counts_only_where_the_last_does(
    school: Path, tmp_path: Path, counts: str, points: float
) -> None:
    """As the Assignment List hands in, which asks nobody."""
    run("rules", SMALL, "--due", "2026-05-01 12:00 UTC", "--counts", counts)
    hand_in(school, "ada", timedelta(hours=-1), "full", SMALL)
    late = hand_in(school, "ada", timedelta(hours=1), "none", SMALL)
    hand_in(school, "ben", timedelta(hours=1), "full", SMALL)
    settle()
    assert everywhere(school, SMALL) == {"ada": points, "ben": 1.0}
    told = page_of(tmp_path, late, SMALL)
    assert ("does not count" in told) == (counts == "on-time")
    if counts == "on-time":
        assert "It came after 2026-05-01 12:00 UTC" in told
        run("extend", "ada", SMALL, "--until", "2026-05-01 14:00 UTC")
        settle()
        assert everywhere(school, SMALL) == {"ada": 0.0, "ben": 1.0}


def test_what_formgrader_changes_holds_and_pages_follow(school: Path, tmp_path: Path) -> None:
    run("rules", SMALL, "--late", "50%")
    run("rules", UNIT, "--late", "zero")
    secret = hand_in(school, "ada", timedelta(hours=1), "full", SMALL)
    service = GradingService()
    settle(service)
    assert "1 of 1 points" in page_of(tmp_path, secret, SMALL)
    with open_gradebook() as book:  # as formgrader does
        book.update_or_create_assignment(SMALL, duedate="2026-05-01T12:00:00 +0000")
    assert everywhere(school, SMALL) == {"ada": 0.5}
    settle(service)
    assert "0.5 of 1 points" in page_of(tmp_path, secret, SMALL)
    assert "2026-05-01 12:00 UTC" in run("rules", "00")
    with open_gradebook() as book:
        book.grant_extension(SMALL, "ada", hours=2)
    assert everywhere(school, SMALL) == {"ada": 1.0}
    assert "ada until 2026-05-01 14:00 UTC" in run("rules", "00")
    with open_gradebook() as book:  # an extension that outlives its date
        book.update_or_create_assignment(SMALL, duedate=None)
    assert everywhere(school, SMALL) == {"ada": 1.0}


def test_points_given_by_hand_are_late_too(school: Path) -> None:
    run("rules", SMALL, "--due", "2026-05-01 12:00 UTC", "--late", "20%")
    hand_in(school, "ada", timedelta(hours=1), "none", SMALL)
    settle()
    assert everywhere(school, SMALL) == {"ada": 0.0}
    with open_gradebook() as book:
        book.find_submission_notebook(SMALL, SMALL, "ada").grades[0].manual_score = 0.5
        book.db.commit()
    assert everywhere(school, SMALL) == {"ada": 0.4}


def test_before_the_due_date_a_page_shows_hints_alone_if_so_set(
    school: Path, tmp_path: Path
) -> None:
    soon = utc_now() + timedelta(days=2)
    run("rules", UNIT, "--due", f"{soon:%Y-%m-%d %H:%M} UTC", "--before-due", "hints")
    secret = hand_in(school, "ada", timedelta(), "less")
    service = GradingService()
    settle(service)
    for text in (
        page_of(tmp_path, secret, UNIT),
        (school / "feedback" / "ada" / "index.html").read_text(),
    ):
        assert "Points are shown when the unit is due" in text
        assert "✗" in text
        assert "✓ right" in text
        words = BeautifulSoup(text, "html.parser").text
        assert not re.search(r"Score: \d|\d / \d+\b|\d of \d+ points", words)
    assert in_table(UNIT) == {"ada": LESS}
    over = utc_now() - timedelta(days=1)
    run("rules", UNIT, "--due", f"{over:%Y-%m-%d %H:%M} UTC")
    settle(service)
    assert f"{LESS:g} of {MOST:g} points" in page_of(tmp_path, secret, UNIT)
    assert everywhere(school, UNIT) == {"ada": LESS}


def test_nbgrader_itself_takes_the_same_penalty(school: Path) -> None:
    run("rules", SMALL, "--due", "2026-05-01 12:00 UTC", "--late", "10%/hour")
    for student in ("ada", "ben"):
        hand_in(school, student, timedelta(hours=1, minutes=30), "full", SMALL)
    settle()
    assert in_gradebook(SMALL) == pytest.approx({"ada": 0.8, "ben": 0.8})
    run("extend", "ben", SMALL, "--until", "2026-05-01 13:00 UTC")
    hand_in(school, "cleo", timedelta(hours=1, minutes=30), "full", SMALL)
    run("extend", "cleo", SMALL, "--until", "2026-05-01 13:20 UTC")  # nbgrader knows no cleo yet
    assert (school / "submitted" / "cleo" / SMALL).is_dir()
    settings = nbgrader_bridge.config()
    settings.CourseDirectory.assignment_id = SMALL
    settings.BaseConverter.force = True
    nbgrader_bridge.convert(Autograde, settings, logging.getLogger(__name__))
    assert in_gradebook(SMALL) == pytest.approx({"ada": 0.8, "ben": 0.9, "cleo": 0.9})
    assert everywhere(school, SMALL) == pytest.approx({"ada": 0.8, "ben": 0.9, "cleo": 0.9})
