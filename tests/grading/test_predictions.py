"""Predictions that were handed in: read as what anybody may have written, never a point."""

import copy
import json

import nbformat
import pytest
from playwright.sync_api import Browser

from autograder.feedback.pages import write_feedback
from autograder.grading.run import grade
from autograder.grading.verdict import Committed, load_verdicts
from autograder.report.render import write_report
from autograder.report.summary import summarise
from autograder.selftest.compose import compose, hand_in, solutions
from autograder.selftest.temporary_classroom import classroom_at
from autograder.submission.committed_predictions import (
    MOST_BYTES,
    MOST_RECORDS,
    predictions_of,
    reasons_ignored,
)
from autograder.submission.read import read
from course.predictions.prediction import Prediction
from course.predictions.prediction_record import MIME
from course.predictions.questions import question_named
from tests.browser.explored import serious
from tests.browser.lab import SCREENSHOTS

UNIT = "01_linear_regression"
STEPS, COSTS = "steps_at_a_tenth", "costs_of_a_small_rate"


def shown(data):
    """Return a cell's output with a record in it."""
    return nbformat.v4.new_output("display_data", data={MIME: data, "text/plain": "words"})


def record(name, **given):
    return {"version": 1, "name": name, **given}


def with_outputs(notebook, *outputs):
    """Return a copy of a notebook whose first free cells have these outputs."""
    made = copy.deepcopy(notebook)
    cell = nbformat.v4.new_code_cell(
        f'from course.predictions import ask\nask("{STEPS}")', outputs=list(outputs)
    )
    made.cells.append(cell)
    return made


def committed_by_hand(name, value, folder):
    """Return the saved output of a cell in which a student has committed to `value`."""
    folder.mkdir(exist_ok=True)
    prediction = Prediction(question_named(name), folder)
    prediction.commit(value)
    return nbformat.v4.new_output("display_data", data=prediction._record())


FLAT = [25.0] * 13
"""A curve that lies at the bottom from the first step on."""


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class of four: two have committed, one has skipped, one has not run the cells."""
    folder = tmp_path_factory.mktemp("room")
    with classroom_at(folder / "classroom", "tests"):
        right, blank = (compose(UNIT, each, complete=False) for each in (solutions(UNIT), {}))
        curve = question_named(COSTS).truth.round(1).tolist()
        ada = [
            committed_by_hand(STEPS, 900.0, folder / "ada"),
            committed_by_hand(COSTS, curve, folder / "ada"),
        ]
        ben = [
            committed_by_hand(STEPS, 108.0, folder / "ben"),
            committed_by_hand(COSTS, FLAT, folder / "ben"),
        ]
        hand_in(with_outputs(right, *ada), UNIT, "ada")
        hand_in(with_outputs(blank, *ben), UNIT, "ben")
        hand_in(with_outputs(right, shown(record(STEPS, skipped=True))), UNIT, "cem")
        hand_in(right, UNIT, "dee")
        grade(UNIT, workers=2)
        yield folder


def test_the_verdict_holds_what_was_committed(graded):
    verdicts = load_verdicts(UNIT)
    steps = question_named(STEPS)
    assert Committed(STEPS, True, steps.compare(900.0)) in verdicts["ada"].predictions
    assert {item.name: item.right for item in verdicts["ada"].predictions} == {
        STEPS: True,
        COSTS: True,
    }
    assert {item.right for item in verdicts["ben"].predictions} == {False}
    assert verdicts["cem"].predictions == (Committed(STEPS, None, "You skipped it."),)
    assert verdicts["dee"].predictions == ()


def test_it_is_not_graded(graded):
    verdicts = load_verdicts(UNIT)
    assert verdicts["ada"].points == verdicts["cem"].points == verdicts["dee"].points
    assert all(verdict.reasons == () for verdict in verdicts.values())


def test_the_report_has_the_shares_before_and_after(graded):
    costs, steps = summarise(UNIT).predictions
    assert (steps.committed, steps.skipped, steps.right) == (2, 1, 1)
    assert (steps.exercise, steps.after, steps.of_after) == ("standardize", 1, 2)
    assert (costs.committed, costs.skipped, costs.right) == (2, 0, 1)
    text = write_report([UNIT]).read_text(encoding="utf-8")
    row = text.partition("steps with a tenth of α")[2].partition("</tr>")[0]
    assert [part.partition("<")[0] for part in row.split('class="n">')[1:]] == [
        "2 of 4", "1", "50 %", "50 %",
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_both_pages_are_accessible_with_predictions(graded, browser: Browser, scheme, width):
    write_feedback([UNIT])
    pages = {
        "report": write_report([UNIT]),
        "feedback": graded / "classroom" / "feedback" / "ben" / "index.html",
    }
    for name, path in pages.items():
        viewport = {"width": width, "height": 900}
        page = browser.new_page(color_scheme=scheme, viewport=viewport, bypass_csp=True)
        page.goto(path.as_uri())
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.screenshot(
            path=SCREENSHOTS / f"predictions-{name}-{width}-{scheme}.png", full_page=True
        )
        page.close()


def test_the_student_s_page_has_the_words(graded):
    write_feedback([UNIT])
    page = (graded / "classroom" / "feedback" / "ben" / "index.html").read_text(encoding="utf-8")
    assert question_named(STEPS).compare(108.0) in page
    assert "They are not graded." in page
    other = (graded / "classroom" / "feedback" / "dee" / "index.html").read_text(encoding="utf-8")
    assert "Your predictions" not in other


# ---- what anybody may have written -----------------------------------------------------------


def read_with(tmp_path, *outputs):
    """Read a notebook as a file of these outputs, which need not be valid."""
    notebook = json.loads(nbformat.writes(compose(UNIT, {}, complete=False)))
    notebook["cells"].append(
        {"cell_type": "code", "source": "", "metadata": {}, "outputs": list(outputs)}
    )
    path = tmp_path / "handed_in.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return read(path)


def given(notebook):
    return {question.name: value for question, value in predictions_of(notebook, UNIT)}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (3, "no record"),
        ("x" * 50, "no record"),
        (record(STEPS, value="993"), "no number"),
        (record(STEPS, value=float("nan")), "no finite number"),
        (record(STEPS, value=float("inf")), "no finite number"),
        (record(STEPS, value=10**300), "not from 10 to 10000"),
        (record(COSTS, value=[1.0] * 14), "13 heights"),
        (record(COSTS, value=[[1.0]] * 13), "no number"),
        (record(STEPS, value=[100.0] * 9000), f"longer than {MOST_BYTES:,}"),
        (record("<script>alert(1)</script>", value=1), "the course asks no"),
        (record(STEPS), None),
        (record(STEPS, value=900, skipped=True), "neither a value nor skipped"),
    ],
    ids=repr,
)
def test_a_record_that_somebody_wrote_is_ignored_with_a_reason(data, why, tmp_path):
    notebook = read_with(tmp_path, {"output_type": "display_data", "data": {MIME: data}})
    if why is None:
        assert reasons_ignored(notebook) == []
        return
    assert given(notebook) == {}
    (reason,) = reasons_ignored(notebook)
    assert reason.startswith("a prediction was ignored, which costs no points: ")
    assert why in reason
    assert len(reason) < 200


@pytest.mark.parametrize(
    "output", [None, 3, [], {"data": []}, {"data": {}}, {"output_type": {"a": 1}, "data": "x"}]
)
def test_outputs_of_any_shape_are_passed_over(output, tmp_path):
    notebook = read_with(tmp_path, output, {"data": {MIME: record(STEPS, value=900)}})
    assert given(notebook) == {STEPS: {"value": 900.0}}
    assert reasons_ignored(notebook) == []


def test_one_that_is_nested_a_hundred_thousand_deep_is_no_notebook_or_no_record(tmp_path):
    deep = "[" * 500 + "]" * 500
    notebook = json.loads(nbformat.writes(compose(UNIT, {}, complete=False)))
    notebook["cells"].append({"cell_type": "code", "source": "", "outputs": [{"data": {MIME: 0}}]})
    text = json.dumps(notebook).replace(f'"{MIME}": 0', f'"{MIME}": {deep}')
    path = tmp_path / "deep.ipynb"
    path.write_text(text, encoding="utf-8")
    (reason,) = reasons_ignored(read(path))
    assert "no record" in reason


def test_the_first_that_was_committed_counts(tmp_path):
    outputs = [
        {"data": {MIME: record(STEPS, **value)}}
        for value in ({"skipped": True}, {"value": 100}, {"value": 993})
    ]
    assert given(read_with(tmp_path, *outputs)) == {STEPS: {"value": 100.0}}


def test_thousands_are_not_all_looked_at(tmp_path):
    many = [{"data": {MIME: record(STEPS, skipped=True)}} for _ in range(MOST_RECORDS)]
    notebook = read_with(tmp_path, *many, {"data": {MIME: record(STEPS, value=993)}})
    assert given(notebook) == {STEPS: {"skipped": True}}
    assert f"only {MOST_RECORDS} are looked at" in reasons_ignored(notebook)[0]


def test_a_prediction_of_another_unit_counts_nowhere(tmp_path):
    notebook = read_with(tmp_path, {"data": {MIME: record("equal_scores", value=[0.5] * 11)}})
    assert given(notebook) == {}
    assert reasons_ignored(notebook) == []


def test_what_a_student_writes_into_the_metadata_is_not_taken(tmp_path):
    notebook = json.loads(nbformat.writes(compose(UNIT, {}, complete=False)))
    notebook["metadata"]["descent_predictions"] = {"records": [{"name": 3}], "ignored": ["<b>"]}
    path = tmp_path / "handed_in.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert given(read(path)) == {}
    assert reasons_ignored(read(path)) == []
