"""Feedback is written anew where something has changed, and nowhere else."""

import json
import logging
import re
import shutil
from datetime import datetime

import pytest
from nbgrader.converters import GenerateFeedback
from typer.testing import CliRunner

from autograder import nbgrader_bridge
from autograder.cli import app
from autograder.feedback import changes
from autograder.feedback.annotated import EXCHANGE_FILES
from autograder.feedback.pages import write_feedback
from autograder.feedback.sanitize import SUMMARY
from autograder.grading.gradebook import open_gradebook
from autograder.grading.run import grade
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at

UNIT = "00_start_here"
STUDENTS = ("Lovelace, Ada", "ben", "cleo")


@pytest.fixture
def classroom(tmp_path):
    """Grade a small class and write its feedback."""
    with classroom_at(tmp_path / "classroom", "tests") as folder:
        for student in STUDENTS:
            hand_in(compose(UNIT, solutions(UNIT), complete=False), UNIT, student)
        grade(UNIT)
        assert write_feedback([UNIT]).rendered == len(STUDENTS)
        yield folder


def annotated(classroom, student):
    return classroom / "feedback" / student / UNIT / f"{UNIT}.html"


def rendered(classroom):
    """Write feedback; return whose annotated notebooks were touched."""
    before = {student: annotated(classroom, student) for student in STUDENTS}
    times = {student: path.stat().st_mtime_ns for student, path in before.items() if path.exists()}
    written = write_feedback([UNIT])
    touched = {
        student
        for student, path in before.items()
        if path.exists() and path.stat().st_mtime_ns != times.get(student)
    }
    assert written.rendered == len(touched)
    return touched


def test_without_a_change_nothing_is_written(classroom):
    page = classroom / "feedback" / "ben" / "index.html"
    before = page.stat().st_mtime_ns
    assert rendered(classroom) == set()
    assert page.stat().st_mtime_ns == before


def hand_in_again(classroom):
    hand_in(compose(UNIT, {}, complete=False), UNIT, "ben")
    grade(UNIT)


def give_by_hand(classroom):
    with open_gradebook() as book:
        book.find_submission_notebook(UNIT, UNIT, "ben").grades[0].manual_score = 0.25
        book.db.commit()


def comment(classroom):
    with open_gradebook() as book:
        book.find_submission_notebook(UNIT, UNIT, "ben").comments[0].manual_comment = "Well done."
        book.db.commit()


def become_late(classroom):
    with open_gradebook() as book:
        book.update_or_create_assignment(UNIT, duedate="2026-01-10 12:00:00 UTC")
        book.find_submission(UNIT, "ben").timestamp = datetime(2026, 1, 10, 13)
        book.db.commit()


def lose_the_page(classroom):
    annotated(classroom, "ben").unlink()


def lose_the_folder(classroom):
    shutil.rmtree(classroom / "feedback" / "ben")


def cut_the_page_short(classroom):
    page = annotated(classroom, "ben")
    page.write_bytes(page.read_bytes()[:1000])


@pytest.mark.parametrize(
    "change",
    [
        hand_in_again,
        give_by_hand,
        comment,
        become_late,
        lose_the_page,
        lose_the_folder,
        cut_the_page_short,
    ],
)
def test_after_a_change_only_the_page_that_shows_it_is_written(classroom, change):
    change(classroom)
    assert rendered(classroom) == {"ben"}
    assert annotated(classroom, "ben").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert rendered(classroom) == set()


def test_a_page_is_what_nbgrader_writes(classroom):
    ours = {student: annotated(classroom, student).read_text() for student in STUDENTS}
    settings = nbgrader_bridge.config()
    settings.CourseDirectory.assignment_id, settings.BaseConverter.force = UNIT, True
    nbgrader_bridge.convert(GenerateFeedback, settings, logging.getLogger(__name__))
    table = re.compile(r'<section id="points">.*?</section>', re.DOTALL)
    for student, text in ours.items():
        theirs = annotated(classroom, student).read_text()
        assert table.sub(f"<!--{SUMMARY}-->", text, count=1) == theirs


@pytest.mark.parametrize("what", ["MODULES", "LIBRARIES"])
def test_another_program_writes_all_pages_anew(classroom, monkeypatch, what):
    monkeypatch.setattr(changes, what, getattr(changes, what)[1:])
    assert rendered(classroom) == set(STUDENTS)


@pytest.mark.parametrize("content", ["", "[1, 2", "[]", '{"ben": 5}'])
def test_what_was_remembered_may_be_lost(classroom, content):
    (path,) = (classroom / "feedback_pages").iterdir()
    path.write_text(content)
    assert "ben" in rendered(classroom)
    assert rendered(classroom) == set()
    assert set(json.loads(path.read_text())) == set(STUDENTS)


def test_a_student_who_was_removed_is_named_and_the_others_get_their_pages(classroom):
    shutil.rmtree(classroom / "feedback")
    with open_gradebook() as book:
        book.remove_student("ben")
    result = CliRunner().invoke(app, ["feedback", "00"])
    assert result.exit_code == 0
    (line,) = [line for line in result.output.splitlines() if "ben" in line]
    assert "not in the gradebook" in line
    assert "no feedback was written" in line
    found = {path.name for path in (classroom / "feedback").iterdir()}
    assert found == {"Lovelace, Ada", "cleo"}


def test_a_notebook_that_cannot_be_shown_stops_nobody_elses(classroom):
    hand_in_again(classroom)
    path = classroom / "autograded" / "cleo" / UNIT / f"{UNIT}.ipynb"
    path.chmod(0o644)
    path.write_text("{")
    result = CliRunner().invoke(app, ["feedback", "00"])
    assert result.exit_code == 2
    assert "no feedback could be written on 00_start_here of cleo: " in result.output
    assert "Traceback" not in result.output
    assert rendered(classroom) == set()  # ben's is written


def hand_in_through_the_exchange(classroom, student):
    path = hand_in(compose(UNIT, {}, complete=False), UNIT, student)
    path.with_name("timestamp.txt").write_text("2026-01-10 14:30:00.000000 UTC")
    path.with_name("submission_secret.txt").write_text(f"secret of {student}")
    path.with_name("data.csv").write_text("1,2")


def test_what_the_exchange_needs_lies_beside_each_page(classroom):
    """As `nbgrader release_feedback` reads it; it stops at the first folder without."""
    hand_in_through_the_exchange(classroom, "ben")
    grade(UNIT)
    assert rendered(classroom) == set(STUDENTS)
    for student in STUDENTS:
        there = {path.name for path in annotated(classroom, student).parent.iterdir()}
        assert there == {f"{UNIT}.html", *EXCHANGE_FILES}
    ben = annotated(classroom, "ben")
    assert ben.with_name("submission_secret.txt").read_text() == "secret of ben"
    assert ben.with_name("timestamp.txt").read_text() == "2026-01-10 14:30:00.000000 UTC"
    others = {annotated(classroom, name).with_name("submission_secret.txt").read_text()
              for name in STUDENTS}  # fmt: skip
    assert len(others) == len(STUDENTS)
    assert rendered(classroom) == set()
    ben.with_name("submission_secret.txt").write_text("another")
    assert rendered(classroom) == {"ben"}


def test_without_the_exchange_there_is_the_page_alone(classroom):
    path = hand_in(compose(UNIT, {}, complete=False), UNIT, "ben")
    path.with_name("timestamp.txt").write_text("2026-01-10 14:30:00 UTC")
    grade(UNIT)
    write_feedback([UNIT])
    assert [path.name for path in annotated(classroom, "ben").parent.iterdir()] == [f"{UNIT}.html"]


def test_a_run_that_is_stopped_goes_on_where_it_stopped(classroom):
    shutil.rmtree(classroom / "feedback")

    def stop(unit, done, of):
        assert (unit, of) == (UNIT, 3)
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_feedback([UNIT], stop)
    assert rendered(classroom) == {"cleo"}
