"""Descent does what the theory of a quadratic says, and shows what a student's gradient does."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.data import hubble1929
from course.explore import Descent
from course.explore.linear_regression.descent import STEPS

KINDS = ("raw", "standardised")


def oracle(kind: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return X, y and the eigenvalues of XᵀX/m, by NumPy alone."""
    x, y = hubble1929()
    if kind == "standardised":
        x = (x - x.mean()) / x.std()
    X = np.vander(x, 2, increasing=True)
    return X, y, np.linalg.eigvalsh(X.T @ X / len(y))


def costs_of(descent: Descent) -> np.ndarray:
    return descent.frame().arrays["costs"].astype(float)


def right(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
    return X.T @ (X @ theta - y) / len(y)


def test_minimum_is_least_squares() -> None:
    x, y = hubble1929()
    slope, intercept = np.polyfit(x, y, 1)
    np.testing.assert_allclose(Descent().frame().arrays["minimum"], [intercept, slope], rtol=1e-5)
    assert (round(slope, 2), round(intercept, 2)) == (454.16, -40.78)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40)
@given(part=st.floats(0.02, 0.999), u=st.floats(0, 1), v=st.floats(0, 1))
def test_below_the_limit_cost_never_rises(kind: str, part: float, u: float, v: float) -> None:
    descent = Descent(features=kind)
    (a0, b0), (a1, b1) = descent.problem.window
    limit = 2 / oracle(kind)[2][-1]
    descent.set(learning_rate=part * limit, theta0=a0 + u * (b0 - a0), theta1=a1 + v * (b1 - a1))
    costs = costs_of(descent)
    assert (np.diff(costs) <= 1e-6 * costs[:-1]).all()


@pytest.mark.parametrize("kind", KINDS)
def test_above_the_limit_cost_grows_without_end(kind: str) -> None:
    limit = 2 / oracle(kind)[2][-1]
    costs = costs_of(Descent(features=kind, learning_rate=1.02 * limit))
    seen = costs[np.isfinite(costs)]
    assert seen[-1] > 1.5 * seen[0]
    assert seen[-1] > seen[-2]


@pytest.mark.parametrize("momentum", [0.0, 0.3, 0.6, 0.9])
@pytest.mark.parametrize("kind", KINDS)
def test_limit_with_momentum_is_the_spectral_radius_of_the_step(kind: str, momentum: float) -> None:
    X, y, _ = oracle(kind)
    H = X.T @ X / len(y)
    limit = Descent(features=kind, momentum=momentum).frame().scalars["limit"]

    def radius(alpha: float) -> float:
        eye = np.eye(2)
        step = np.block([[(1 + momentum) * eye - alpha * H, -momentum * eye], [eye, 0 * eye]])
        return float(np.abs(np.linalg.eigvals(step)).max())

    assert radius(0.999 * limit) < 1 < radius(1.001 * limit)


def test_path_is_the_one_of_a_plain_loop() -> None:
    state = {"learning_rate": 0.4, "momentum": 0.5, "theta0": 100.0, "theta1": -100.0}
    arrays = Descent(**state).frame().arrays
    X, y, _ = oracle("raw")
    theta, speed = np.array([100.0, -100.0]), np.zeros(2)
    for step in range(STEPS + 1):
        np.testing.assert_allclose(
            [arrays["path0"][step], arrays["path1"][step]], theta, rtol=1e-4, atol=1e-2
        )
        assert arrays["costs"][step] == pytest.approx(((X @ theta - y) ** 2).mean() / 2, rel=1e-4)
        speed = 0.5 * speed - 0.4 * X.T @ (X @ theta - y) / len(y)
        theta = theta + speed


def test_line_follows_the_path() -> None:
    for kind in KINDS:
        descent = Descent(features=kind)
        line = descent.frame().arrays["line_y"]
        x, y = hubble1929()
        expected = np.polyval(np.polyfit(x, y, 1), descent.problem.x_range)
        np.testing.assert_allclose(line[-1], expected, rtol=1e-2)


def test_right_gradient_gives_the_built_in_path() -> None:
    for state in ({}, {"momentum": 0.5}, {"features": "standardised"}, {"learning_rate": 1.1}):
        built_in = Descent(**state).frame()
        own = Descent(gradient=right, **state).frame()
        for name, values in built_in.arrays.items():
            np.testing.assert_array_equal(own.arrays[name], values, err_msg=name)
        assert own.summary == built_in.summary


def test_wrong_sign_climbs_and_is_reported() -> None:
    frame = Descent(gradient=lambda X, y, t: -right(X, y, t), learning_rate=0.3).frame()
    costs = frame.arrays["costs"]
    assert (np.diff(costs[np.isfinite(costs)]) > 0).all()
    assert "climbs" in frame.summary


def changes_input(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
    X *= 2
    return theta


@pytest.mark.parametrize(
    ("gradient", "reported"),
    [
        (lambda X, y, t: 1 / 0, "raises ZeroDivisionError: division by zero"),
        (lambda X, y, t: X @ t - y, r"returns shape \(24,\); expected \(2,\)"),
        (lambda X, y, t: t * np.nan, "expected finite numbers"),
        (lambda X, y, t: None, "returns None; is a return missing"),
        (lambda X, y, t: "no", "returns str"),
        (lambda X, y: X, "raises TypeError"),
        (changes_input, "Your changes_input changes its input"),
    ],
)
def test_a_failing_gradient_is_reported_and_breaks_nothing(gradient: object, reported: str) -> None:
    descent = Descent(gradient=gradient)
    frame = descent.frame()
    assert frame.summary.startswith("Your ")
    assert "stops after step 0" in frame.summary
    with pytest.raises(AssertionError, match=reported):
        raise AssertionError(frame.summary)
    assert np.isfinite(frame.arrays["path0"][0])
    assert np.isnan(frame.arrays["path0"][1:]).all()
    assert sum(1 for _ in descent.prefetch(descent.state)) == 6


def test_a_gradient_that_fails_later_keeps_what_came_before() -> None:
    calls = []

    def tires(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> np.ndarray:
        calls.append(1)
        if len(calls) > 5:
            raise RuntimeError("tired")
        return right(X, y, theta)

    frame = Descent(gradient=tires).frame()
    assert "tired. The path stops after step 5" in frame.summary
    assert np.isfinite(frame.arrays["path0"]).sum() == 6


@pytest.mark.parametrize(
    ("preset", "reported"),
    [
        ("too small", "of the excess cost is left"),
        ("good", "each step rolls down"),
        ("oscillates", "lands nearer"),
        ("diverges", "every step overshoots and J grows"),
    ],
)
def test_presets_show_what_they_promise(preset: str, reported: str) -> None:
    descent = Descent()
    descent.preset(preset)
    assert reported in descent.frame().summary


def test_no_array_holds_an_infinity_however_wild() -> None:
    descent = Descent()
    highest = descent.controls[0].high
    for momentum in (0.0, 0.95):
        descent.set(learning_rate=highest, momentum=momentum)
        frame = descent.frame()
        assert not any(np.isinf(values).any() for values in frame.arrays.values())
        assert "far outside the picture" in frame.summary


def test_sweeps_hold_what_single_frames_hold() -> None:
    descent = Descent(momentum=0.3)
    blocks = list(descent.prefetch(descent.state, priority="momentum"))
    assert next(axis[0] for block in blocks[1:] for axis in block.axes) == "momentum"
    for block in blocks[1:]:
        key, values = block.axes[0]
        assert key not in block.base
        for place in (0, len(values) // 2, -1):
            state = dataclasses.replace(descent.state, **{key: values[place]})
            alone = descent.compute(state)
            assert block.frames[place].summary == alone.summary
            for name in alone.arrays:
                np.testing.assert_array_equal(block.frames[place].arrays[name], alone.arrays[name])


def test_a_superseded_prefetch_ends() -> None:
    descent = Descent()
    assert len(list(descent.prefetch(descent.state, superseded=lambda: True))) == 1


def test_own_data() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(2000, 100, 50)
    y = 3 + 0.1 * x
    for X in (x, x[:, None], np.column_stack([np.ones(50), x]), x.tolist()):
        frame = Descent(X, y).frame()
        np.testing.assert_allclose(frame.arrays["minimum"], [3, 0.1], rtol=1e-3)
    standardised = Descent(
        x, y, features="standardised", learning_rate=Descent(x, y).controls[0].high
    )
    assert standardised.frame().scalars["limit"] == pytest.approx(2)


@pytest.mark.parametrize(
    ("X", "y", "reported"),
    [
        ([1, 2, 3], [1, 2], r"X has shape \(3,\) and y \(2,\)"),
        (np.ones((3, 3)), [1, 2, 3], r"X has shape \(3, 3\)"),
        ([], [], "at least two points"),
        ([1, np.nan, 2], [1, 2, 3], "X holds 1 value"),
        ([1, 2, 3], [1, np.inf, np.nan], "y holds 2 value"),
        ([2, 2, 2], [1, 2, 3], "all features equal 2"),
        ([1, 2], None, "X is given alone"),
        (None, [1, 2], "y is given alone"),
    ],
)
def test_bad_data_says_what_is_wrong(X: object, y: object, reported: str) -> None:
    with pytest.raises(ValueError, match=reported):
        Descent(X, y)


def test_the_line_stays_where_it_was_when_the_path_has_gone() -> None:
    descent = Descent(learning_rate=5.0)
    arrays = descent.frame().arrays
    walked = int(np.isfinite(arrays["path0"]).sum())
    assert 1 < walked < STEPS
    assert np.isfinite(arrays["line_y"]).all()
    np.testing.assert_array_equal(arrays["line_y"][-1], arrays["line_y"][walked - 1])


def test_parameters_of_raw_features_are_no_ghost_on_those_of_standardised_ones() -> None:
    landscape, data, cost = Descent().make_panels()
    grounds = [Descent(features=kind).frame().arrays[landscape.ground[0]] for kind in KINDS]
    assert not np.array_equal(*grounds)
    assert (data.ground, cost.ground) == ((), ()), "lines and costs compare"
