"""Drawings of a backward chain, a ROC staircase, a reliability diagram and fitted curves."""

import xml.etree.ElementTree as ElementTree
from typing import Any

import numpy as np
import pytest

from course.figures import chain, reliability, scatter, staircase


def drawn(figure: Any) -> ElementTree.Element:
    return ElementTree.fromstring(figure._repr_html_())


def points(figure: Any, number: int = 0) -> np.ndarray:
    """Return the points of a curve, in pixels, (k, 2)."""
    line = drawn(figure).findall("polyline")[number].get("points")
    assert line
    return np.array([pair.split(",") for pair in line.split()], dtype=float)


def test_a_chain_has_two_rows_of_boxes_and_arrows_both_ways() -> None:
    figure = chain(["x", "z", "J"], ["dx", "dz", "1"], ["w", "f"], ["w <", "f′"])
    tree = drawn(figure)
    assert [text.text for text in tree.findall("text")] == [
        *("x", "z", "J", "dx", "dz", "1"), *("w", "w <", "f", "f′")
    ]  # fmt: skip
    ways = [float(line.get("x2", 0)) - float(line.get("x1", 0)) for line in tree.findall("line")]
    assert [way > 0 for way in ways] == [True, False] * 2
    assert figure.alt == (
        "Two rows of boxes. Forward, from left to right: x, by w to z, by f to J. Below it, back: "
        "1, by f′ to dz, by w < to dx."
    )
    assert tree.findtext("title") == figure.alt


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ((["x"], ["dx"], [], []), "values holds 1 words; expected two or more"),
        ((["x", "J"], ["dx"], ["f"], ["f′"]), "derivatives holds 1 words; for 2 values expected 2"),
        ((["x", "J"], ["dx", "1"], [], ["f′"]), "forward holds 0 words"),
        ((["x", "J"], ["dx", "1"], ["f"], []), "backward holds 0 words"),
    ],
)
def test_a_chain_tells_what_does_not_fit(words: tuple, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        chain(*words)


def test_a_staircase_is_the_roc_curve_and_its_columns_are_the_area() -> None:
    y, score = [1, 1, 0, 1, 1, 0, 0, 1, 0], [9, 8, 7, 6, 5, 5, 4, 3, 2]
    figure = staircase(y, score)
    fpr, tpr = np.array(figure.corners).T
    above = np.greater.outer(np.array(score), np.array(score)) + 0.5 * np.equal.outer(score, score)
    won = above[np.array(y) == 1][:, np.array(y) == 0].mean()
    assert np.trapezoid(tpr, fpr) == pytest.approx(won)
    tree = drawn(figure)
    assert len(tree.findall("polygon")) == y.count(0)
    assert len(points(figure)) == len(set(score)) + 1
    assert "1 up; 1 up and 1 right; 1 right" in figure.alt


def test_a_tie_of_several_is_one_slope_over_as_many_columns() -> None:
    figure = staircase([1, 0, 0, 1], [1, 1, 1, 1])
    assert figure.corners == [(0, 0), (1, 1)]
    assert len(drawn(figure).findall("polygon")) == 2


@pytest.mark.parametrize(
    ("y", "score", "problem"),
    [
        ([1, 1], [1, 2], "expected 0 and 1, and both"),
        ([1, 0, 2], [1, 2, 3], "expected 0 and 1, and both"),
        ([1, 0], [1], "one length"),
        ([1, 0] * 11, range(22), "got 22 events; expected at most 20"),
    ],
)
def test_a_staircase_refuses_what_it_cannot_draw(y: Any, score: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        staircase(y, score)


def test_calibrated_scores_lie_on_the_diagonal_and_their_squares_below() -> None:
    rng = np.random.default_rng(0)
    p = rng.random(100_000)
    y = rng.random(100_000) < p
    figure = reliability({"honest": (y, p), "squared": (y, p**2)}, alt="")
    diagonal, honest, squared = figure.data
    assert list(diagonal.x) == list(diagonal.y) == [0, 1]
    assert len(honest.x) == 10
    assert honest.y == pytest.approx(honest.x, abs=0.02)
    assert squared.y == pytest.approx(np.sqrt(squared.x), abs=0.03)


def test_bins_with_few_events_are_left_out() -> None:
    few = np.repeat([0.05, 0.95, 1.0], [40, 5, 14])
    figure = reliability({"few": (few > 0.5, few)}, alt="")
    assert figure.data[1].x == pytest.approx([0.05])
    with pytest.raises(ValueError, match=r"score of few runs from 0.05 to 1.2; expected 0 to 1"):
        reliability({"few": ([0, 1], [0.05, 1.2])}, alt="")


def test_a_curve_of_any_degree_goes_where_its_polynomial_does() -> None:
    x = np.array([0.0, 1.0, 2.0])
    figure = scatter(x, x**2, "x", "y", "", {"line": (0, 2), "parabola": (0, 0, 1)})
    _, line, parabola = figure.data
    assert len(line.x) == 2
    assert np.asarray(parabola.y) == pytest.approx(np.square(parabola.x))
    low, high = figure.layout.yaxis.range
    steep = scatter(x, x**2, "x", "y", "", {"steep": (0, 0, 0, 500)})
    assert steep.layout.yaxis.range == (low, high)  # a curve does not squeeze the points
    assert low < 0 < 4 < high
    with pytest.raises(ValueError, match=r"expected \(intercept, slope"):
        scatter(x, x, "x", "y", "", {"point": (3,)})
