"""Predictions: what is asked has the answer that the course computes, and what is given is kept."""

import itertools
import json
import math
import re

import numpy as np
import pytest
import traitlets

from autograder import paths
from autograder.authoring.cells import named_cells
from autograder.authoring.unit_text import read_unit
from course.explore import Descent, LearningRates, Rotate, Threshold
from course.models import hopfield, roc_curve
from course.models.own import linear_regression as own
from course.predictions import ask
from course.predictions.prediction import Prediction, spec_of
from course.predictions.prediction_record import FILE, MIME, as_record, read_kept, read_record
from course.predictions.question import (
    MOST_OPTIONS,
    ChoiceQuestion,
    CurveQuestion,
    NumberQuestion,
    PredictionError,
    written,
)
from course.predictions.questions import QUESTIONS, UnknownQuestionError, questions_of

EVERY = pytest.mark.parametrize("name", QUESTIONS)


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def right_value(question):
    match question:
        case ChoiceQuestion():
            return question.answer
        case NumberQuestion():
            return question.truth
        case CurveQuestion():
            return question.truth.tolist()


# ---- what the units ask ----------------------------------------------------------------------


@pytest.mark.parametrize("unit", paths.units())
def test_a_unit_asks_twice_at_least_where_its_text_says_predict(unit):
    cells = read_unit(paths.SOURCE / f"{unit}.py").cells
    asked = {}
    for before, cell in itertools.pairwise(cells):
        found = re.fullmatch(r'(?:from \S+ import ask\n\n)?ask\("(\w+)"\)', cell.source.strip())
        if found:
            asked[found[1]] = before.source
    assert list(asked) == [question.name for question in questions_of(unit)]
    assert len(asked) >= 2
    for name, text in asked.items():
        assert "**Predict" in text.split("\n\n")[-1] or "**Predict" in text[-900:], name


@EVERY
def test_the_exercise_it_belongs_to_is_one_of_the_unit(name):
    question = QUESTIONS[name]
    cells = named_cells(read_unit(paths.SOURCE / f"{question.unit}.py"))
    assert not question.exercise or f"test-{question.exercise}" in cells


@EVERY
def test_the_answer_is_right_and_can_be_given(name):
    question = QUESTIONS[name]
    value = right_value(question)
    assert question.is_right(question.check(value))
    if isinstance(question, CurveQuestion):
        assert question.compare(value) == "Your curve lies on the answer."
    if isinstance(question, NumberQuestion):
        # Some position of the slider is right, and most are not.
        right = [question.is_right(v) for v in spec_of(question)["slider"]["values"]]
        assert 0 < sum(right) < len(right) / 3


@EVERY
def test_every_sentence_is_whole(name):
    spec = spec_of(QUESTIONS[name])
    said = spec.get("words") or [
        *spec["means"],
        *(text for pair in spec["farthest"] for text in pair),
    ]
    assert all(text.endswith(".") and "  " not in text for text in said)
    assert len(json.dumps(spec)) < 20_000


def test_answers_come_from_what_the_reader_then_sees():
    descent = Descent(**Descent().presets["too small"])
    costs = descent.frame().arrays["costs"]
    question = QUESTIONS["costs_of_a_small_rate"]
    np.testing.assert_allclose(question.truth, costs[::5] / 1000, rtol=1e-6)
    assert "328 thousand" in question.text
    assert round(costs[0] / 1000) == 328
    assert round(descent.problem.surfaces["raw"].least_cost / 1000) == 25

    rates = LearningRates()
    reached = rates.frame().arrays["reached"]
    np.testing.assert_allclose(QUESTIONS["loss_by_rate"].truth[::2][[0, 5]], reached[[0, -1]])


def test_the_steps_of_a_descent_are_those_of_the_course_s_own():
    X, v = own_data()
    for alpha, steps in ((0.9, 108), (0.09, QUESTIONS["steps_at_a_tenth"].truth)):
        _, costs = own.gradient_descent(X, v, alpha=alpha, n_iter=10_000, tol=1e-6)
        assert len(costs) - 1 == steps


def own_data():
    from course.data import hubble1929

    distance, velocity = hubble1929()
    return np.column_stack([np.ones_like(distance), distance]), velocity


def test_cross_entropy_takes_the_steps_that_the_question_names():
    z, steps = -6.0, 0
    while z < 0:
        z, steps = z - 0.5 * (1 / (1 + math.exp(-z)) - 1), steps + 1
    assert f"takes {steps} steps" in QUESTIONS["steps_of_the_squared_error"].text


def test_the_choices_are_right():
    sine, factor = math.cos(1.2**2), 3.0  # local derivatives at x = 1.2, where t is its square
    assert abs(sine) < factor
    assert f"{sine:.2f}" in QUESTIONS["sine_or_factor"].options["the one through the factor 3"]

    rates = Threshold().frame().arrays  # from the lowest threshold to the highest
    assert (np.diff(rates["tpr"]) <= 0).all()
    assert (np.diff(rates["fpr"]) <= 0).all()

    total = Rotate().frame().arrays["variances"].sum(axis=1)
    np.testing.assert_allclose(total, total[0], rtol=1e-5)


def test_equal_scores_have_the_diagonal_for_their_curve():
    y, score = np.array([0, 1, 1, 0]), np.full(4, 0.7)
    fpr, tpr, _ = roc_curve.curve(y, score)
    question = QUESTIONS["equal_scores"]
    np.testing.assert_allclose(question.truth, np.interp(question.places, fpr, tpr))


def test_beyond_the_critical_load_a_network_forgets():
    question, rng, N = QUESTIONS["load_of_the_cliff"], np.random.default_rng(3), 400

    def wrong(load):
        patterns = rng.choice([-1, 1], size=(round(load * N), N))
        couplings, s = hopfield.hebbian_couplings(patterns), patterns[0].copy()
        for _ in range(15):
            for i in rng.permutation(N):
                s[i] = 1 if couplings[i] @ s >= 0 else -1
        return np.mean(s != patterns[0])

    assert question.truth == pytest.approx(0.138, abs=5e-4)
    assert wrong(question.truth - 0.05) < 0.05
    assert wrong(question.truth + 0.08) > 0.15


def test_a_magnet_loses_its_order_at_onsager_s_temperature():
    magnetisation = QUESTIONS["order_by_temperature"].answer
    critical = 2 / math.log(1 + math.sqrt(2))
    below, above = magnetisation(np.array([critical - 1e-6, critical + 1e-6]))
    assert 0.1 < below < 0.3
    assert above == 0


# ---- how far off ---------------------------------------------------------------------------


def test_the_distance_is_said_in_words():
    steps, bumps = QUESTIONS["steps_at_a_tenth"], QUESTIONS["twice_as_many_bumps"]
    assert steps.compare(108.0) == (
        "You predicted 108; it is 993. Yours is too low by a factor of 9.2."
    )
    assert bumps.compare(0.5).endswith("Yours is 0.0657 too high. That is close.")
    curve = QUESTIONS["equal_scores"]
    assert curve.compare([1.0] * 11) == (
        "On average your curve is 0.5 away from the answer. "
        "It is farthest off at FPR = 0, too high: the answer there is 0."
    )


def test_a_curve_at_the_edge_of_what_is_close():
    question = QUESTIONS["equal_scores"]
    near = np.clip(question.truth + 0.08, 0, 1).tolist()
    far = np.clip(question.truth + 0.15, 0, 1).tolist()
    assert question.is_right(near)
    assert not question.is_right(far)


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (-3.14159, "−3.14"), (99_999.5, "100,000")]
)
def test_numbers_are_written_for_reading(value, text):
    assert written(value) == text


@pytest.mark.parametrize(
    "value",
    [None, True, "0.5", [], float("nan"), float("inf"), -1.0, 10**400, {"a": 1}, b"1"],
    ids=repr,
)
def test_what_is_no_number_of_the_slider_is_refused(value):
    with pytest.raises(PredictionError):
        QUESTIONS["twice_as_many_bumps"].check(value)


@pytest.mark.parametrize(
    "value", [None, "", [0.5] * 10, [0.5] * 12, [[0.5]] * 11, ["a"] * 11, [2.0] * 11, 0.5], ids=str
)
def test_what_is_no_curve_is_refused(value):
    with pytest.raises(PredictionError):
        QUESTIONS["equal_scores"].check(value)


@pytest.mark.parametrize("number", [1, MOST_OPTIONS + 1])
def test_a_choice_has_two_to_four_options(number):
    options = {str(i): "." for i in range(number)}
    with pytest.raises(ValueError, match="two to four"):
        ChoiceQuestion(name="n", unit="u", text="t", short="s", options=options, answer="0")


def test_an_unknown_question_is_offered_the_nearest():
    with pytest.raises(UnknownQuestionError, match="did you mean 'equal_scores'"):
        ask("equal_score")


# ---- committed and kept ----------------------------------------------------------------------


@EVERY
def test_what_is_committed_comes_back_when_the_cell_runs_again(name, tmp_path):
    value = right_value(QUESTIONS[name])
    words = ask(name).commit(value)
    again = ask(name)
    assert again.given == {"value": value}
    assert again.summary == words
    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8")) == {name: {"value": value}}


def test_a_committed_prediction_stays():
    prediction = ask("twice_as_many_bumps")
    prediction.commit(0.3)
    for given in ({"value": 0.4}, {"skipped": True}, {}):
        with pytest.raises(traitlets.TraitError, match="stays as it is"):
            prediction.given = given
    assert prediction.given == {"value": 0.3}


def test_one_that_was_skipped_can_still_be_made():
    prediction = ask("twice_as_many_bumps")
    prediction.skip()
    assert ask("twice_as_many_bumps").given == {"skipped": True}
    prediction.given = {}
    prediction.commit(0.3)
    assert ask("twice_as_many_bumps").given == {"value": 0.3}


@pytest.mark.parametrize("given", [{"value": 9}, {"value": 0.3, "more": 1}, {"skipped": 1}, 3])
def test_the_trait_refuses_what_no_browser_sends(given):
    with pytest.raises(traitlets.TraitError):
        ask("twice_as_many_bumps").given = given


def test_the_browser_s_message_is_kept(tmp_path):
    prediction = ask("a_lower_threshold")
    prediction.set_state({"given": {"value": "both rise"}})
    assert read_kept(prediction.question, tmp_path) == {"value": "both rise"}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"twice_as_many_bumps": 3}', "x" * 300_000]
)
def test_a_broken_file_is_no_prediction_and_is_moved_aside(text, tmp_path):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    prediction = ask("twice_as_many_bumps")
    assert prediction.given == {}
    prediction.commit(0.3)
    assert ask("twice_as_many_bumps").given == {"value": 0.3}
    assert prediction.notice == ""


def test_where_nothing_can_be_written_the_reader_is_told(tmp_path):
    prediction = Prediction(QUESTIONS["twice_as_many_bumps"], tmp_path / "not there")
    prediction.commit(0.3)
    assert "could not be kept in predictions.json (No such file or directory)" in prediction.notice


def test_the_saved_output_holds_the_words_and_the_record(capsys):
    prediction = ask("twice_as_many_bumps")
    assert MIME not in prediction._record()
    prediction.commit(0.5)
    saved = prediction._record()
    assert read_record(saved[MIME]) == (prediction.question, {"value": 0.5})
    for part in ("text/plain", "text/html"):
        assert "How large is it with sixteen?" in saved[part]
        assert "Yours is 0.0657 too high." in saved[part]


def test_while_grading_nothing_is_shown(monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    prediction = ask("costs_of_a_small_rate")
    prediction._ipython_display_()
    assert capsys.readouterr().out == ""
    assert prediction._spec == {}


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (None, "no record"),
        ([], "no record"),
        ({}, "version"),
        ({"version": 2, "name": "equal_scores"}, "version"),
        ({"version": 1, "name": 3}, "version"),
        ({"version": 1, "name": "nothing", "value": 1}, "asks no 'nothing'"),
        ({"version": 1, "name": "twice_as_many_bumps", "value": "a"}, "no number"),
        ({"version": 1, "name": "twice_as_many_bumps", "value": 1, "b": 2}, "neither"),
        ({"version": 1, "name": "twice_as_many_bumps", "skipped": False}, "neither"),
    ],
    ids=str,
)
def test_what_is_no_record_is_named(record, why):
    with pytest.raises(PredictionError, match=why):
        read_record(record)


def test_a_record_is_read_as_it_was_written():
    question = QUESTIONS["equal_scores"]
    given = {"value": question.truth.tolist()}
    assert read_record(json.loads(json.dumps(as_record(question, given)))) == (question, given)
