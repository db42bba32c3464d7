"""The instructor's page and the CSV."""

import csv
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from autograder.grading.export import export
from autograder.grading.gradebook import open_gradebook, read_scores
from autograder.grading.run import grade
from autograder.report.render import write_report
from autograder.report.summary import summarise
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from tests.grading.conftest import UNIT

COLUMNS = (
    "assignment,duedate,timestamp,student_id,last_name,first_name,email,"
    "raw_score,late_submission_penalty,score,max_score"
)


@pytest.fixture(scope="session")
def report(verdicts):
    return write_report([UNIT])


def test_numbers_leave_out_what_could_not_be_read(verdicts):
    unit = summarise(UNIT)
    assert len(unit.students) == len(verdicts)
    assert {student.id for student in unit.read} == {
        student for student, verdict in verdicts.items() if verdict.read
    }
    assert sum(unit.bins) == len(unit.read)
    cost = next(exercise for exercise in unit.exercises if exercise.name == "cost")
    right = sum(verdict.exercises["cost"].right for verdict in verdicts.values() if verdict.read)
    assert cost.share_right == right / len(unit.read)


def test_shares_leave_out_what_waits_with_the_points_it_had(verdicts):
    with open_gradebook() as book:
        answer = book.find_grade("reflection", UNIT, UNIT, "right")
        before = answer.manual_score, answer.needs_manual_grade
        answer.manual_score, answer.needs_manual_grade = answer.max_score, True
        book.db.commit()
        (right,) = (student for student in summarise(UNIT).students if student.id == "right")
        answer.manual_score, answer.needs_manual_grade = before
        book.db.commit()
    assert right.waiting == ("reflection",)
    assert right.points == right.max_points
    assert right.share == 1.0


def test_mistakes_are_named_with_their_hint_and_who_made_them(verdicts, report):
    (mistake,) = summarise(UNIT).mistakes
    assert (mistake.exercise, mistake.name, mistake.who) == (
        "cost",
        "missing 1/2",
        ("hostile-page",),
    )
    text = report.read_text(encoding="utf-8")
    assert "missing 1/2" in text
    assert "the file is empty" in text


def test_a_class_that_predicted_nothing_has_no_table_of_predictions(report):
    assert "Predictions</h3>" not in report.read_text(encoding="utf-8")


def test_the_report_stands_alone(report):
    text = report.read_text(encoding="utf-8")
    assert not re.search(r"<script|<link|src=|https?://", text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_is_accessible(report, browser: Browser, scheme):
    page = browser.new_page(color_scheme=scheme, bypass_csp=True)
    page.goto(report.as_uri())
    found = Axe().run(page).response["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:200]) for item in found] == []
    page.close()


def test_the_export_has_the_columns_and_points_of_nbgrader(verdicts, classroom):
    path = export()
    assert path == classroom / "grades.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == COLUMNS
    rows = {row["student_id"]: row for row in csv.DictReader(lines)}
    for student, exercises in read_scores(UNIT).items():
        assert float(rows[student]["score"]) == sum(item.points for item in exercises.values())


def test_a_reader_of_the_export_gets_each_field_as_it_is(tmp_path):
    odd = {"id": "Lovelace, Ada", "last_name": 'Smith, "Jr."', "first_name": "Ada\nAugusta"}
    with classroom_at(tmp_path / "classroom", "tests"):
        hand_in(compose("00_start_here", solutions("00_start_here")), "00_start_here", odd["id"])
        grade("00_start_here")
        with open_gradebook() as book:
            book.update_or_create_student(odd["id"], **{k: v for k, v in odd.items() if k != "id"})
        with export().open(encoding="utf-8", newline="") as file:
            (row,) = csv.DictReader(file)
    assert (row["student_id"], row["last_name"], row["first_name"]) == tuple(odd.values())
    assert float(row["score"]) == float(row["max_score"]) == 1.0
    assert (row["duedate"], row["timestamp"]) == ("", "")
