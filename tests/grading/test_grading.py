"""A class is graded from end to end: every submission gets a verdict, and none stops the others."""

import json

import nbformat
import pytest

from autograder import paths
from autograder.grading import gradebook
from autograder.grading.intake import find_submissions
from autograder.grading.run import grade
from autograder.grading.verdict import load_verdicts
from tests.grading.conftest import MALFORMED, UNIT

REASONS = {
    "empty": "the file is empty",
    "blank-space": "the file is empty",
    "truncated": "the file is truncated",
    "not-json": "the file is not JSON",
    "not-notebook": "not a notebook",
    "list": "not a notebook",
    "no-cells": "no list of cells",
    "too-new": "nbformat 9 is not known",
    "latin-1": "not UTF-8",
    "deep": "nested too deeply",
    "nothing": "no notebook at all",
    "link": "symbolic link",
}


def test_right_answers_get_all_points_that_a_machine_can_give(verdicts):
    got, most = verdicts["right"].automatic
    assert got == most > 0
    assert verdicts["right"].needs_manual == ("reflection",)
    assert verdicts["right"].reasons == ()


def test_the_released_notebook_gets_no_point(verdicts):
    assert verdicts["blank"].points == 0
    assert verdicts["blank"].needs_manual == ()
    assert "nothing written yet" in verdicts["blank"].exercises["cost"].message


@pytest.mark.parametrize("student", REASONS)
def test_what_cannot_be_read_is_a_verdict_with_its_reason(verdicts, student):
    verdict = verdicts[student]
    assert verdict.points == 0
    assert not verdict.read
    assert REASONS[student] in verdict.reasons[0]


def test_every_submission_has_a_recorded_verdict_and_a_row_in_the_gradebook(verdicts, classroom):
    submitted = {path.name for path in (classroom / "submitted").iterdir()}
    assert set(MALFORMED) < submitted
    assert (
        set(verdicts) == set(load_verdicts(UNIT)) == set(gradebook.read_scores(UNIT)) == submitted
    )
    for student in submitted:
        assert (classroom / "autograded" / student / UNIT / f"{UNIT}.ipynb").exists()


def test_the_gradebook_holds_the_points_of_the_verdict(verdicts):
    for student, rows in gradebook.read_scores(UNIT).items():
        for exercise, result in verdicts[student].exercises.items():
            if not result.by_hand:
                assert rows[exercise].points == result.points, (student, exercise)
                assert not rows[exercise].waits


@pytest.mark.parametrize(
    ("student", "reason"),
    [
        ("wrong-kernel", "written with the kernel 'julia-1.10'; graded with 'python3'"),
        ("duplicated", "answer cell 'predict' appears 2 times; number 1 was graded"),
        ("deleted", "test cell 'test-cost' had been deleted and was restored"),
        ("deleted", "locked cell 'setup' had been deleted and was restored"),
    ],
)
def test_honest_accidents_cost_no_points_and_are_reported(verdicts, student, reason):
    assert verdicts[student].automatic == verdicts["right"].automatic
    assert reason in verdicts[student].reasons


def test_edited_and_skipped_tests_give_no_points(verdicts):
    verdict = verdicts["edited"]
    assert verdict.points == 0
    for kind, what in (  # one sentence for all tests
        ("test cells", "each had been edited and was restored"),
        ("test cells", "each had its points changed and was restored"),
        ("cells", "each was tagged to be skipped; the tag was removed"),
    ):
        (reason,) = (reason for reason in verdict.reasons if reason.endswith(what))
        assert reason.startswith(f"{kind} 'test-predict', 'test-cost', ")
        assert " and 1 more " in reason
    assert verdict.max_points == verdicts["right"].max_points


def test_what_is_logged_to_stderr_costs_nothing(verdicts):
    assert verdicts["noisy"].automatic == verdicts["right"].automatic


def test_a_killed_kernel_leaves_what_was_earned_before(verdicts):
    exercises = verdicts["killed"].exercises
    assert exercises["predict"].right
    assert exercises["cost"].right
    later = [name for name in exercises if name not in ("predict", "cost", "reflection")]
    assert [exercises[name].points for name in later] == [0] * len(later)
    assert "interpreter has ended: it died" in exercises["gradient"].message
    assert any("it died" in reason for reason in verdicts["killed"].reasons)


def test_a_flood_of_output_is_cut_while_it_is_produced(verdicts, classroom):
    assert verdicts["flood"].automatic == verdicts["right"].automatic
    kept = classroom / "autograded" / "flood" / UNIT / f"{UNIT}.ipynb"
    assert kept.stat().st_size < 25_000_000
    *_, last = nbformat.read(kept, 4).cells[-1].outputs
    assert last.ename == "CellTimeoutError"
    assert "used more than 10 s of processor time and was stopped" in verdicts["flood"].reasons[0]


def test_the_hint_names_the_mistake(verdicts):
    result = verdicts["hostile-page"].exercises["cost"]
    assert result.points == 0
    assert result.mistake == "missing 1/2"


def test_grading_again_gives_the_same_and_keeps_what_was_given_by_hand(verdicts, classroom):
    with gradebook.open_gradebook() as book:
        grade_row = book.find_grade("reflection", UNIT, UNIT, "right")
        grade_row.manual_score, grade_row.needs_manual_grade = 1.5, False
        book.find_comment("reflection", UNIT, UNIT, "right").manual_comment = "Well argued."
        book.db.commit()
    again = grade(UNIT, ["right", "hostile-page", "empty"], again=True)
    assert again == [verdicts[verdict.student] for verdict in again]
    score = gradebook.read_scores(UNIT)["right"]["reflection"]
    assert score.points == 1.5
    assert score.comment == "Well argued."


def test_a_changed_test_reaches_the_gradebook_before_the_next_grading(verdicts):
    with gradebook.open_gradebook() as book:
        cell = book.find_source_cell("test-cost", UNIT, UNIT)
        cell.source, cell.checksum = "pass", "0" * 32
        book.db.commit()
    gradebook.register_unit(UNIT)
    with gradebook.open_gradebook() as book:
        assert "assert_passed" in book.find_source_cell("test-cost", UNIT, UNIT).source


def test_removed_cells_stop_grading_with_a_message(verdicts):
    with gradebook.open_gradebook() as book:
        notebook = book.find_notebook(UNIT, UNIT)
        book.add_source_cell("gone", UNIT, UNIT, source="", cell_type="code", locked=True)
        number = len(notebook.submissions)
    try:
        with pytest.raises(gradebook.GradingError, match=f"has lost gone since its {number}"):
            gradebook.register_unit(UNIT)
    finally:
        with gradebook.open_gradebook() as book:
            book.db.delete(book.find_source_cell("gone", UNIT, UNIT))
            book.db.commit()


def test_an_unknown_student_gets_the_nearest_names(classroom):
    with pytest.raises(paths.UnknownNameError, match=r"Did you mean .*right"):
        find_submissions(UNIT, ["rihgt"])


def test_verdicts_are_plain_json(verdicts, classroom):
    stored = json.loads((classroom / "verdicts" / UNIT / "right.json").read_text())
    assert stored["exercises"]["cost"] == {
        "points": 1.0,
        "max_points": 1.0,
        "message": "",
        "mistake": None,
        "by_hand": False,
    }
