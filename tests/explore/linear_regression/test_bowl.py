"""Bowl: its heights are the cost, and its path is Descent's, on the surface."""

from __future__ import annotations

import numpy as np
import pytest

from course.data import hubble1929
from course.explore import Bowl, Descent
from course.explore.linear_regression.problem import FEATURES


@pytest.mark.parametrize("features", FEATURES)
def test_a_height_is_half_the_mean_square_of_what_the_line_misses(features: str) -> None:
    bowl = Bowl(features=features)
    heights = bowl.frame().arrays["heights"]
    r, v = hubble1929()
    z = r if features == "raw" else (r - r.mean()) / r.std()
    rows, columns = heights.shape
    ends0, ends1 = bowl.problem.window
    theta0, theta1 = np.linspace(*ends0, columns), np.linspace(*ends1, rows)
    for row, column in ((0, 0), (0, columns - 1), (rows - 1, 3), (17, 22)):
        missed = theta0[column] + theta1[row] * z - v
        assert heights[row, column] == pytest.approx(np.mean(missed**2) / 2, rel=1e-5)


def test_second_differences_give_the_curvature() -> None:
    """Along either axis the bowl is a parabola, with the diagonal of XᵀX/m."""
    bowl = Bowl()
    heights = bowl.frame().arrays["heights"].astype(float)
    r, _ = hubble1929()
    for axis, curvature in ((1, 1.0), (0, np.mean(r**2))):
        low, high = bowl.problem.window[1 - axis]
        step = (high - low) / (heights.shape[axis] - 1)
        bent = np.diff(heights, 2, axis=axis) / step**2
        np.testing.assert_allclose(bent, curvature, rtol=0.01)


@pytest.mark.parametrize("preset", ["good", "diverges"])
def test_it_walks_as_descent_does(preset: str) -> None:
    bowl, descent = Bowl(), Descent()
    bowl.preset(preset)
    descent.preset(preset)
    ours, theirs = bowl.frame(), descent.frame()
    for name in ("path0", "path1", "costs"):
        np.testing.assert_array_equal(ours.arrays[name], theirs.arrays[name])
    assert ours.summary == theirs.summary


def test_the_rim_is_above_the_start_in_both_pictures() -> None:
    bowl = Bowl()
    for features in FEATURES:
        bowl.set(features=features)
        arrays = bowl.frame().arrays
        assert arrays["costs"][0] < bowl.rim < arrays["heights"].max()


def test_a_student_s_gradient_walks_on_it() -> None:
    def flat(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
        return np.zeros(2)

    path = Bowl(gradient=flat).frame().arrays["path0"]
    assert np.ptp(path) == 0


def test_heights_travel_once() -> None:
    frames = [Bowl(learning_rate=alpha).frame() for alpha in (0.1, 0.9)]
    assert not any(frame.arrays["heights"].flags.writeable for frame in frames)
