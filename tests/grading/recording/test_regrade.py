"""What was graded is kept until something it rests on changes; and it says why."""

import json
import logging
import os
from contextlib import contextmanager

import nbformat
import pytest
from typer.testing import CliRunner

from autograder import paths
from autograder.authoring.cells import name_of
from autograder.cli import app
from autograder.forkserver import client
from autograder.grading import fingerprint, gradebook, run
from autograder.grading.pool.pool import InProcessPool
from autograder.grading.run import grade
from autograder.grading.verdict import load_verdicts
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at

UNIT = "00_start_here"
LONGER = "01_linear_regression"
STUDENTS = ("ada", "ben", "cleo")


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    with classroom_at(tmp_path_factory.mktemp("regrade"), "tests") as classroom:
        for student in STUDENTS:
            hand_in(compose(UNIT, solutions(UNIT), complete=False), UNIT, student)
        hand_in(compose(LONGER, {"cost": solutions(LONGER)["cost"]}, False), LONGER, "ada")
        grade([UNIT, LONGER])
        yield classroom


def again(unit=UNIT, students=None, **options):
    """Grade, and return who was graded, and what was said."""
    done, reported = [], []
    verdicts = grade(
        unit,
        students,
        lambda verdict: done.append(verdict.student),
        on_plan=lambda plan: reported.extend(plan.explain()),
        **options,
    )
    return sorted(done), reported, {verdict.student: verdict for verdict in verdicts}


def test_nothing_changed_nothing_graded(graded):
    done, reported, verdicts = again()
    assert done == []
    assert reported == ["3 kept: nothing has changed since they were graded"]
    assert verdicts == load_verdicts(UNIT)


def test_one_handed_in_anew_is_graded_again(graded):
    hand_in(compose(UNIT, {}, complete=False), UNIT, "ben")
    done, reported, verdicts = again()
    assert done == ["ben"]
    assert reported == [
        "2 kept: nothing has changed since they were graded",
        "1 graded again: submitted again",
    ]
    assert verdicts["ben"].points == 0 < verdicts["ada"].points
    assert again()[0] == []


def test_one_student_alone(graded):
    hand_in(compose(UNIT, solutions(UNIT), complete=False), UNIT, "dora")
    assert again(students=["ada"])[0] == []
    assert again(students=["ada"], again=True)[:2] == (
        ["ada"],
        ["1 graded again: as requested, although nothing has changed"],
    )
    done, reported, _ = again()
    assert done == ["dora"]
    assert reported[1] == "1 graded for the first time"


@pytest.mark.parametrize(
    ("part", "why"),
    [("tests", "the hidden tests changed"), ("answers", "the catalogue of answers changed")],
)
def test_changed_tests_are_a_reason(graded, monkeypatch, part, why):
    tree = fingerprint.hash_tree
    monkeypatch.setattr(fingerprint, "hash_tree", lambda unit: tree(unit) | {part: "changed"})
    _, reported, _ = again(students=["ada"])
    assert reported == [f"1 graded again: {why}"]
    monkeypatch.undo()
    assert again(students=["ada"])[1] == [f"1 graded again: {why}"]


def test_a_new_secret_is_a_reason(graded, monkeypatch):
    monkeypatch.setenv("DESCENT_SECRET", "another")
    assert again(students=["ada"])[1] == ["1 graded again: the school's secret changed"]
    monkeypatch.undo()
    again(students=["ada"])


def test_what_plain_nbgrader_recorded_is_not_taken_for_ours(graded):
    path = graded / "verdicts" / UNIT / "ada.json"
    stored = json.loads(path.read_text())
    path.write_text(json.dumps(stored | {"points": 99}))
    done, reported, verdicts = again()
    assert done == ["ada"]
    assert "another program has graded it since" in reported[1]
    assert verdicts["ada"].points == stored["points"]


def test_one_exercise_is_graded_and_the_others_stay(graded):
    path = graded / "autograded" / "ada" / LONGER / f"{LONGER}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    tests = {name_of(cell): cell for cell in notebook.cells}
    passed, failed = tests["test-cost"].outputs, tests["test-predict"].outputs
    tests["test-cost"].outputs, tests["test-predict"].outputs = failed, passed
    nbformat.write(notebook, path)
    done, reported, verdicts = again(LONGER, exercise="cost")
    assert done == ["ada"]
    assert reported == ["1 graded again: only cost, as requested"]
    scores = gradebook.read_scores(LONGER)["ada"]
    for name in ("cost", "predict"):  # cost as it is, predict as it was recorded
        result = verdicts["ada"].exercises[name]
        assert result.points == result.max_points == scores[name].points > 0
    assert scores["gradient"].points == 0
    assert again(LONGER)[0] == []
    _, _, verdicts = again(LONGER, again=True)
    assert verdicts["ada"].exercises["predict"].points == 0


def test_points_given_by_hand_stay_when_one_exercise_is_graded_again(graded):
    with gradebook.open_gradebook() as book:
        row = book.find_grade("reflection", LONGER, LONGER, "ada")
        row.manual_score, row.needs_manual_grade = 1.5, False
        book.find_comment("reflection", LONGER, LONGER, "ada").manual_comment = "Well argued."
        row = book.find_grade("test-predict", LONGER, LONGER, "ada")
        row.manual_score, row.needs_manual_grade = 0.5, False
        book.db.commit()
    before = gradebook.read_scores(LONGER)["ada"]
    done, _, _ = again(LONGER, exercise="cost")
    assert done == ["ada"]
    after = gradebook.read_scores(LONGER)["ada"]
    assert after == before
    assert not after["reflection"].waits
    assert (after["reflection"].points, after["reflection"].comment) == (1.5, "Well argued.")
    with gradebook.open_gradebook() as book:  # for the tests that follow
        book.find_grade("test-predict", LONGER, LONGER, "ada").manual_score = None
        book.db.commit()


@pytest.mark.parametrize("left", [None, b"", b'{"cells": [{"cell_ty'])
def test_where_the_recorded_notebook_is_gone_all_of_it_is_graded(graded, left):
    path = graded / "autograded" / "ada" / LONGER / f"{LONGER}.ipynb"
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    before = load_verdicts(LONGER)
    done, _, verdicts = again(LONGER, exercise="cost")
    assert done == ["ada"]
    assert verdicts == before
    assert nbformat.read(path, as_version=4).cells
    assert again(LONGER)[0] == []


class Apart(InProcessPool):
    """Marks as if each submission were another worker's: none knows what others have said."""

    def run(self, tasks):
        for task in tasks:
            client._logged.clear()
            yield from super().run([task])


def test_what_every_worker_says_is_logged_once(graded, monkeypatch, caplog):
    @contextmanager
    def apart(*_, **__):
        yield Apart()

    monkeypatch.setattr(run, "open_pool", apart)
    monkeypatch.setenv("DESCENT_FORKSERVER", "no")
    for _ in range(2):
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            assert len(again(students=["ada", "ben"], again=True)[0]) == 2
        assert len([line for line in caplog.messages if "started anew" in line]) == 1


def test_the_command_says_what_it_kept_and_who_is_near(graded):
    result = CliRunner().invoke(app, ["grade", "00", "--workers", "1"])
    assert result.exit_code == 0
    assert "kept: nothing has changed" in result.output
    result = CliRunner().invoke(app, ["grade", "01", "--exercise", "kost"])
    assert result.exit_code == 2
    assert "Did you mean" in result.output
    assert "cost" in result.output
    result = CliRunner().invoke(app, ["grade", "02", "--exercise", "cost"])
    assert result.exit_code == 2
    assert "no submissions for 02_perceptron" in result.output


def test_the_fingerprint_of_a_test_holds_its_unit_alone():
    files = {str(path.relative_to(paths.ROOT)) for path in fingerprint.files_of_tests(LONGER)}
    assert {
        "autograder/hidden_tests/linear_regression.py",
        "autograder/hidden_tests/hidden_test.py",
        "course/checks/linear_regression/straight_line.py",
        "course/checks/observation.py",
        f"course/checks/outcomes/{LONGER}.jsonl",
        "course/data/hubble1929.csv",
    } <= files
    assert not [name for name in files if "explore" in name or "perceptron" in name]
    assert paths.ROOT / "course" / "data" / "letters.txt" in fingerprint.files_of_tests("06_memory")


def test_the_secret_itself_is_kept_nowhere(graded):
    secret = os.environ["DESCENT_SECRET"]
    for path in (graded / "fingerprints").rglob("*.json"):
        assert secret not in json.loads(path.read_text()).values()
