"""The gradebook may be PostgreSQL's: the same points, the same report, the same export."""

import csv

import pytest
from sqlalchemy import create_engine, text

from autograder.grading import gradebook
from autograder.grading.export import export
from autograder.grading.run import grade
from autograder.grading.verdict import load_verdicts
from autograder.report.summary import summarise
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from tests.grading.recording.postgres import postgres

UNIT = "00_start_here"


def hand_in_all() -> None:
    hand_in(compose(UNIT, solutions(UNIT), complete=False), UNIT, "right")
    hand_in(compose(UNIT, {}, complete=False), UNIT, "blank")


@pytest.fixture(scope="module")
def address():
    with postgres() as url:
        yield url


def test_it_holds_what_sqlite_holds(address, tmp_path):
    with classroom_at(tmp_path / "sqlite", "tests"):
        hand_in_all()
        grade(UNIT)
        expected = load_verdicts(UNIT), gradebook.read_scores(UNIT), summarise(UNIT)
        rows = list(csv.DictReader(export().open()))
        assert (tmp_path / "sqlite" / "gradebook.db").exists()
    with classroom_at(tmp_path / "postgres", "tests", address):
        hand_in_all()
        grade(UNIT, workers=2)
        assert (load_verdicts(UNIT), gradebook.read_scores(UNIT), summarise(UNIT)) == expected
        exported = list(csv.DictReader(export().open()))
        # nbgrader's export asks for no order, and the two databases have their own.
        assert sorted((row["student_id"], row["score"]) for row in exported) == sorted(
            (row["student_id"], row["score"]) for row in rows
        )
        assert not (tmp_path / "postgres" / "gradebook.db").exists()
        done = []
        hand_in(compose(UNIT, solutions(UNIT), complete=False), UNIT, "blank")
        grade(UNIT, on_verdict=lambda verdict: done.append(verdict.student))
        assert done == ["blank"]
        assert gradebook.read_scores(UNIT)["blank"] == gradebook.read_scores(UNIT)["right"]
    engine = create_engine(address)
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from submitted_assignment")).scalar() == 2
    engine.dispose()


def test_the_self_test_never_touches_the_schools_gradebook(tmp_path, monkeypatch):
    monkeypatch.setenv("DESCENT_GRADEBOOK", "postgresql://school@/grades?host=/nowhere")
    with classroom_at(tmp_path, "tests"), gradebook.open_gradebook() as book:
        assert book.engine.dialect.name == "sqlite"


def test_a_gradebook_that_cannot_be_reached_is_named_without_its_password(tmp_path):
    away = "postgresql://school:hush@/grades?host=/nowhere"
    with classroom_at(tmp_path, "tests", away):
        hand_in_all()
        with pytest.raises(gradebook.GradingError) as caught:
            grade(UNIT)
    assert "postgresql://school:***@/grades" in str(caught.value)
    assert "hush" not in str(caught.value)
