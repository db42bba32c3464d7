"""The course's own ROC curve, its guards, bands, classifiers and coverage."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from course.data.collider import collisions
from course.figures import curves
from course.figures.coverage import binormal, coverage
from course.models.classifiers import score_samples, train_classifier
from course.models.roc_bands import GRID, bands
from course.models.roc_curve import area, curve
from course.notebook_guard import ReferenceUsedError
from course.validation import scores

LABELLED = st.lists(
    st.tuples(st.integers(0, 1), st.integers(-3, 3)), min_size=2, max_size=40
).filter(lambda pairs: len({label for label, _ in pairs}) == 2)


@given(LABELLED)
def test_curve_and_area_are_those_of_scikit_learn(pairs):
    y, score = np.array(pairs).T
    theirs = metrics.roc_curve(y, score.astype(float), drop_intermediate=False)
    for ours, other in zip(curve(y, score.astype(float)), theirs, strict=True):
        assert np.allclose(ours[1:], other[1:], rtol=0, atol=1e-12)
    assert abs(area(score[y == 1], score[y == 0]) - metrics.roc_auc_score(y, score)) < 1e-12


def test_a_notebook_may_not_use_the_curve():
    scope = {"__name__": "__main__", "curve": curve, "area": area}
    exec(compile("def mine(y, s): return curve(y, s)", "/tmp/ipykernel_1/2.py", "exec"), scope)
    with pytest.raises(
        ReferenceUsedError, match=r"course\.models\.roc_curve\.curve .* write yours"
    ):
        scope["mine"](np.array([0, 1]), np.array([0.1, 0.2]))
    exec(compile("def mine(y, s): return area(s, y)", "<ipython-input-3>", "exec"), scope)
    with pytest.raises(ReferenceUsedError):
        scope["mine"](np.array([0, 1]), np.array([0.1, 0.2]))


@pytest.mark.parametrize(
    ("y", "score", "message"),
    [
        ([0, 1], [0.1, float("nan")], "score holds 1 value"),
        ([0, 1], [0.1, float("inf")], "score holds 1 value"),
        ([0, 1, 1], [0.1, 0.2], r"y has shape \(3,\) and score has shape \(2,\)"),
        ([0, 2], [0.1, 0.2], r"y holds 2; expected labels 0 \(background\) and 1 \(signal\)"),
        ([-1, 1], [0.1, 0.2], "y holds -1"),
        ([0.5, 1], [0.1, 0.2], "y holds 0.5"),
        ([1, 1], [0.1, 0.2], r"all 2 labels are signal \(1\); expected at least one"),
        ([0, 0], [0.1, 0.2], r"all 2 labels are background \(0\)"),
        ([], [], "y is empty"),
        (["signal", "other"], [0.1, 0.2], "y must hold numbers"),
        ([[0, 1]], [[0.1, 0.2]], r"y has shape \(1, 2\)"),
    ],
)
def test_bad_scores_are_refused_in_plain_words(y, score, message):
    with pytest.raises(ValueError, match=message):
        scores.as_scored(y, score)


def test_one_class_will_do_where_only_counts_are_asked():
    y, score = scores.as_scored([0, 0], [1, 2], both=False)
    assert (y.dtype.kind, score.dtype.kind) == ("i", "f")
    assert scores.as_scored([True, False], [1, 2])[0].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("fpr", "tpr", "message"),
    [
        ([0, 1], [0, 0.5, 1], "fpr has shape"),
        ([0.5], [0.5], "1 point; expected at least 2"),
        ([0, 1.2], [0, 1], r"fpr runs from 0 to 1.2"),
        ([0, 1], [-0.1, 1], "tpr runs from -0.1"),
        ([0, 0.6, 0.4, 1], [0, 1, 1, 1], "up and down"),
    ],
)
def test_what_is_no_curve_is_refused(fpr, tpr, message):
    with pytest.raises(ValueError, match=message):
        scores.as_curve(fpr, tpr)


def test_groups_and_background_are_counted():
    y = np.array([0, 1, 0])
    assert scores.as_groups([3, 1, 3], y).tolist() == [3, 1, 3]
    with pytest.raises(ValueError, match="one group for each event"):
        scores.as_groups([1, 2], y)
    with pytest.raises(ValueError, match="whole"):
        scores.as_groups([1, 2.5, 3], y)
    with pytest.raises(ValueError, match="2 background events; expected at least 10"):
        scores.require_background(y, least=10)


def test_bands_hold_the_curve_and_the_areas_of_scikit_learn():
    rng = np.random.default_rng(4)
    y = np.repeat([1, 0], 300)
    drawn = np.round(rng.normal(size=(3, 600)) + y, 1)
    judged = bands(y, drawn)
    for row, score in enumerate(drawn):
        assert judged.areas[row, 1] == pytest.approx(metrics.roc_auc_score(y, score), abs=1e-12)
        fpr, tpr, _ = metrics.roc_curve(y, score, drop_intermediate=False)
        assert np.allclose(judged.tpr[row], np.interp(GRID + 1e-12, fpr, tpr), atol=1e-9)
    assert (judged.areas[:, 0] < judged.areas[:, 1]).all()
    assert (judged.areas[:, 1] < judged.areas[:, 2]).all()
    assert (judged.low <= judged.high).all()
    assert np.mean((judged.low <= judged.tpr) & (judged.tpr <= judged.high)) > 0.95


def test_a_network_sees_the_band_that_a_straight_boundary_misses():
    train_events, test_events = collisions(500, 500, seed=1), collisions(500, 500, seed=2)
    y = test_events.y
    areas = {}
    for depth in (0, 2):
        done = train_classifier(train_events, test_events, depth)
        areas[depth] = metrics.roc_auc_score(y, done.scores[-1])
        assert done.scores.shape == (len(done.test_loss), len(y))
        assert done.train_loss[-1] < done.train_loss[0]
        again = score_samples(train_events, [train_events, test_events], depth)
        assert [len(each) for each in again] == [1000, 1000]
        assert np.array_equal(again[1], done.scores[-1])
        expected = metrics.log_loss(y, done.scores[-1])
        assert done.test_loss[-1] == pytest.approx(expected, rel=1e-3)
    assert areas[0] < 0.92 < 0.94 < areas[2]
    with pytest.raises(ValueError, match="depth is 4"):
        train_classifier(train_events, test_events, 4)


def test_coverage_counts_what_covers():
    def wide(y, score, n, rng):
        return 0, 1

    def beside(y, score, n, rng):
        return (0.0, 0.1) if rng.random() < 0.5 else (0.9, 1.0)

    def exact(y, score, n, rng):
        """Hanley and McNeil's standard error, from the truth."""
        a, m = 0.7602, len(y) / 2
        q1, q2 = a / (2 - a), 2 * a * a / (1 + a)
        error = np.sqrt((a * (1 - a) + (m - 1) * (q1 + q2 - 2 * a * a)) / m**2)
        middle = area(score[y == 1], score[y == 0])
        return middle - 1.96 * error, middle + 1.96 * error

    assert coverage(wide, 10, 20, 1, 0).share == 1
    assert coverage(beside, 10, 20, 1, 0).share == 0
    found = coverage(exact, 400, 40, 1, seed=3)
    assert 0.92 < found.share < 0.975
    assert found.truth == pytest.approx(0.76025, abs=1e-4)
    assert f"{int(found.covers.sum())} of 400 intervals cover" in repr(found)
    covers, misses = found.figure().data
    assert (len(covers.x), len(misses.x)) == (found.covers.sum(), (~found.covers).sum())
    assert covers.marker.symbol != misses.marker.symbol
    y, score = binormal(30, np.random.default_rng(0))
    assert (y.sum(), score.shape) == (30, (60,))


@settings(max_examples=20)
@given(st.integers(2, 3000))
def test_a_picture_of_a_long_curve_keeps_its_ends(k):
    x = np.linspace(0, 1, k)
    shown = curves({"a": (x, x**0.2), "b": (x, x)}, "x", "y", "two curves")
    for line in shown.data:
        assert len(line.x) <= 601
        assert (line.x[0], line.x[-1], line.y[-1]) == (0, 1, 1)
    assert shown.data[0].line.dash != shown.data[1].line.dash
    assert shown.alt == "two curves"
    with pytest.raises(ValueError, match="shape"):
        curves({"a": (x, x[1:])}, "x", "y", "")
