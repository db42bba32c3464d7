"""Points of the reader's own: what is taken, what is refused in words, and what comes of them."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.svm import SVC

from course.data.gates import gate
from course.explore import Descent, Perceptron, Regions
from course.explore.base.controls import StateError
from course.explore.base.drawn import NONE_YET, PointList, read_points
from course.explore.perceptron.perceptron import LOOKS, widest_margin

PLANE = PointList(key="points", name="points", x=(-1, 1), y=(-1, 2), classes=("no", "yes"), most=4)


def test_points_are_read_as_they_are_written() -> None:
    assert PLANE.check("0.5,-1,1;-.25,2e-1,0") == "0.5,-1,1;-.25,2e-1,0"
    places, classes = read_points("0.5,-1,1;-.25,2e-1,0;")
    np.testing.assert_array_equal(places, [[0.5, -1], [-0.25, 0.2]])
    np.testing.assert_array_equal(classes, [1, 0])
    for none in ("", NONE_YET):
        assert len(read_points(PLANE.check(none))[0]) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0.5", "are no points; expected points such as"),
        ("0.5,1", "are no points"),
        ("0.5,1,x", "are no points"),
        (3, "are no points"),
        ("nan,1,1", "are no points"),
        ("0,0,1;1.5,0,1", "x = 1.5 is beyond the axis, which goes from -1 to 1"),
        ("0,3,1", "y = 3 is beyond the axis, which goes from -1 to 2"),
        ("0,0,2", r"a class 2; expected 0 \(no\) and 1 \(yes\)"),
        (";".join(["0,0,0"] * 5), "holds 5 points; at most 4 are taken"),
    ],
)
def test_what_are_no_points_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(StateError, match=message):
        PLANE.check(text)


def test_points_stand_in_the_permalink() -> None:
    descent = Descent(points="0.5,300;1,-100;1.5,700")
    permalink = descent.to_permalink()
    assert "points=0.5,300;1,-100;1.5,700" in permalink
    again = Descent.from_permalink(permalink)
    assert again.state == descent.state
    assert Descent.from_permalink(f"{permalink}&now=12").state == descent.state


def test_descent_walks_on_the_reader_s_points() -> None:
    x, y = np.array([0.5, 1.0, 1.5]), np.array([300.0, -100.0, 700.0])
    theta = np.polynomial.polynomial.polyfit(x, y, 1)
    frame = Descent(points="0.5,300;1,-100;1.5,700", learning_rate=0.5).frame()
    np.testing.assert_allclose(frame.arrays["minimum"], theta, rtol=1e-5)
    least = ((theta[0] + theta[1] * x - y) ** 2).mean() / 2
    assert frame.scalars["least_cost"] == pytest.approx(least)
    assert frame.arrays["costs"][-1] == pytest.approx(least, rel=0.2)
    # J on the ground is J, so that it can be read off.
    assert frame.arrays["field"].max() == pytest.approx(frame.scalars["highest"])


@pytest.mark.parametrize("points", [NONE_YET, "0.5,300", "0.5,300;0.5,100"])
def test_points_that_determine_no_line_say_so(points: str) -> None:
    frame = Descent(points=points).frame()
    assert frame.summary.startswith("No line yet: ")
    assert frame.arrays.keys() == Descent().frame().arrays.keys()


@pytest.mark.parametrize("seed", range(8))
def test_the_widest_margin_is_that_of_a_support_vector_machine(seed: int) -> None:
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1, 1, size=(12, 2))
    y = np.where(X @ rng.normal(size=2) + 0.2 * rng.normal() >= 0, 1.0, -1.0)
    found = widest_margin(X, y)
    if len(set(y)) == 1:
        assert found >= 1
        return
    lifted = np.column_stack([X, np.ones(len(X))]) * y[:, None]
    # A machine without a bias on the samples and their mirror images.
    both = np.concatenate([lifted, -lifted])
    machine = SVC(kernel="linear", C=1e9, tol=1e-8).fit(both, np.repeat([1, -1], len(X)))
    assert found == pytest.approx(1 / np.linalg.norm(machine.coef_), rel=1e-3)


def test_the_margins_of_the_gates_are_found() -> None:
    for name, best in (("AND", (2, 2, -3)), ("OR", (2, 2, -1))):
        X, y = gate(name)
        z = X @ np.array(best[:2]) + best[2]
        assert widest_margin(X, y) == pytest.approx((y * z).min() / np.linalg.norm(best))
    assert widest_margin(*gate("XOR")) == 0


def test_the_perceptron_looks_at_the_reader_s_samples() -> None:
    own = Perceptron(points="0,0,0;0,1,0;1,0,0;1,1,1").frame()
    gates = Perceptron(dataset="AND").frame()
    np.testing.assert_array_equal(own.arrays["mistakes"], gates.arrays["mistakes"])
    assert own.scalars["bound"] == pytest.approx(gates.scalars["bound"])
    crossed = Perceptron(points="0,0,0;1,1,0;0,1,1;1,0,1").frame()
    assert crossed.summary.startswith(f"No line separates your points: after {LOOKS} looks")
    assert Perceptron(points=NONE_YET).frame().summary.startswith("Put down a point")


def test_regions_learn_the_reader_s_points_whatever_the_data_set() -> None:
    points = ";".join(f"{x},{y},{int(x * y > 0)}" for x in (-0.5, 0.5) for y in (-0.5, 0.5))
    frames = [Regions(points=points, dataset=name).frame() for name in ("AND", "spiral")]
    for name in ("losses", "region", "x1", "classes"):
        np.testing.assert_array_equal(*(frame.arrays[name] for frame in frames))
    assert frames[0].arrays["right"][-1] == 100
    for few in (NONE_YET, "0,0,1"):
        frame = Regions(points=few).frame()
        assert frame.summary == "Put down at least two points."
        assert np.isnan(frame.arrays["losses"]).all()
