"""Regions, Perceptron and Bumps show what theory says, and what a student's function does."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.data.gates import PLANE_DATASETS
from course.explore import Bumps, Perceptron, Regions
from course.explore.base.frame import pack
from course.explore.base.log_odds import MAX_Z, SOFT, code_log_odds
from course.explore.perceptron.bumps import CURVES
from course.explore.perceptron.perceptron import LOOKS
from course.explore.perceptron.regions import ACTIVATIONS, EPOCHS, FINE
from course.explore.perceptron.trained_network import EDGE, GRID, dataset_points
from course.models import network


def logit(p: Any) -> Any:
    return np.log(p) - np.log1p(-p)


def log_odds(code: Any) -> Any:
    """Return what a byte of a region stands for, as the browser reads it."""
    return SOFT * np.sinh((np.asarray(code, dtype=float) / 127.5 - 1) * np.arcsinh(MAX_Z / SOFT))


def right_share(regions: Regions) -> float:
    return float(regions.frame().arrays["right"][-1])


# ---- Regions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("dataset", ["XOR", "x₁x₂ < 0", "circle", "spiral"])
def test_no_line_separates_what_no_line_can(dataset: str) -> None:
    """An outside oracle: the best of all lines, by scikit-learn and by many directions."""
    X, y = dataset_points(dataset)
    best = 0.0
    for angle in np.linspace(0, 2 * np.pi, 181):
        z = X @ np.array([np.cos(angle), np.sin(angle)])
        best = max(best, *((np.where(z >= cut, 1, 0) == y).mean() for cut in z))
    assert best < 0.9
    assert right_share(Regions(dataset=dataset, depth=0)) <= 100 * best + 1e-6


@pytest.mark.parametrize(
    ("dataset", "depth", "width", "least"),
    [("AND", 0, 1, 100), ("XOR", 1, 4, 100), ("x₁x₂ < 0", 1, 4, 99), ("circle", 1, 3, 98),
     ("spiral", 3, 8, 100)],
)  # fmt: skip
def test_hidden_layers_do_what_the_text_promises(
    dataset: str, depth: int, width: int, least: float
) -> None:
    assert right_share(Regions(dataset=dataset, depth=depth, width=width)) >= least


def test_the_text_is_right_about_what_fails() -> None:
    assert right_share(Regions(dataset="spiral", depth=1, width=8)) < 95
    assert right_share(Regions(dataset="circle", depth=1, width=2)) < 95
    linear = Regions(dataset="XOR", depth=4, width=8, activation="linear")
    assert right_share(linear) <= 76
    assert "the line stays straight" in linear.frame().summary


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_loss_and_share_follow_from_the_region_shown(activation: str) -> None:
    """The last moment of the film, the loss and the share belong to one network."""
    regions = Regions(activation=activation, depth=2, width=5)
    arrays = regions.frame().arrays
    film = regions._record(regions.state, 3, 0)
    X, y = dataset_points("XOR")
    names = [activation] * 2 + ["sigmoid"]
    output = network.forward(X, film.layers, names)[-1]
    loss = network.loss("binary_crossentropy", output, y[:, None])
    assert arrays["losses"][-1] == pytest.approx(loss, rel=1e-4, abs=1e-6)
    assert arrays["right"][-1] == pytest.approx(100 * ((output[:, 0] >= 0.5) == y).mean())
    assert film.region.shape == (3, GRID, GRID)
    corner = network.forward(np.float32([[-1.1, -1.1]]), film.layers, names)[-1][0, 0]
    assert log_odds(film.region[-1, 0, 0]) == pytest.approx(
        np.clip(logit(corner), -MAX_Z, MAX_Z), rel=0.045, abs=0.0002
    )


def test_log_odds_come_back_to_some_per_cent() -> None:
    z = np.concatenate([np.geomspace(0.02, 15, 60), -np.geomspace(0.02, 15, 60), [0.0]])
    back = log_odds(code_log_odds(1 / (1 + np.exp(-z))))
    np.testing.assert_allclose(back, z, rtol=0.045, atol=0.0002)
    np.testing.assert_allclose(log_odds(code_log_odds(np.array([0, 1, np.nan, -3, 9]))),
                               [-MAX_Z, MAX_Z, 0, -MAX_Z, MAX_Z], atol=0.002)  # fmt: skip


@pytest.mark.parametrize(
    "state",
    [
        {"dataset": "XOR", "depth": 0},
        {"dataset": "XOR", "depth": 4, "width": 8, "activation": "linear"},
        {"dataset": "AND", "depth": 0, "learning_rate": 3.0},
    ],
)
def test_a_straight_boundary_is_drawn_straight(state: dict[str, Any]) -> None:
    """From bytes of p it was a staircase where p lies between 0.48 and 0.52 everywhere."""
    regions = Regions(**state)
    region = regions._record(regions.state, 2, 0).region[-1]
    z, side = log_odds(region), np.linspace(-EDGE, EDGE, GRID)
    crossings = [
        (side[c] + (side[1] - side[0]) * z[r, c] / (z[r, c] - z[r, c + 1]), side[r])
        for r, c in zip(*np.nonzero(np.diff(z > 0, axis=1)), strict=True)
    ]
    x, y = np.array(crossings).T
    assert len(x) >= 10
    off = x - np.polyval(np.polyfit(y, x, 1), y)
    assert np.abs(off).max() < 0.05 * (side[1] - side[0])


@pytest.mark.parametrize("learning_rate", [0.1, 3.0])
def test_the_loss_stays_within_its_panel(learning_rate: float) -> None:
    axis = Regions().make_panels()[1].y
    for dataset, activation in (("AND", "relu"), ("XOR", "tanh"), ("spiral", "linear")):
        losses = (
            Regions(dataset=dataset, activation=activation, learning_rate=learning_rate, depth=2)
            .frame()
            .arrays["losses"]
        )
        assert np.nanmax(losses) < axis.high
        assert np.nanmin(losses) > 0, "a log axis has no 0"
        assert np.nanmin(losses) > axis.low or learning_rate > 1


def test_the_plane_s_axes_have_a_name_each() -> None:
    plane = Regions().make_panels()[0]
    assert (plane.x.label, plane.y.label) == ("x₁", "x₂")


def test_the_last_layer_is_seen_so_that_its_threshold_stands_at_zero() -> None:
    for depth in range(4):
        arrays = Regions(depth=depth, width=3).frame().arrays
        _, y = dataset_points("XOR")
        sides = arrays["seen_x"][-1] >= 0
        assert 100 * (sides == y).mean() == pytest.approx(arrays["right"][-1])
        assert np.abs(arrays["seen_x"]).max() <= 1 + 1e-5
        steps = np.abs(np.diff(arrays["seen_y"], axis=0)).max(axis=1)
        assert np.median(steps) < 0.1, "the view does not leap from one moment to the next"


def test_training_goes_on_where_it_stopped() -> None:
    regions = Regions(dataset="spiral", depth=2)
    first = regions.frame()
    second = regions.next_frame(regions.state, first)
    assert second.scalars["start"] == EPOCHS
    assert second.arrays["losses"][0] == pytest.approx(first.arrays["losses"][-1], rel=1e-5)
    assert second.arrays["losses"][-1] < first.arrays["losses"][-1]
    assert second.arrays["epochs"][0] == EPOCHS
    third = regions.next_frame(regions.state, second)
    assert third.scalars["end"] == 3 * EPOCHS


def test_a_preview_is_the_same_run_in_fewer_moments() -> None:
    regions = Regions(depth=2)
    fine, preview = regions.frame(), regions.preview(regions.state)
    np.testing.assert_array_equal(fine.arrays["losses"], preview.arrays["losses"])
    np.testing.assert_array_equal(fine.arrays["region"][-1], preview.arrays["region"][-1])
    assert fine.arrays["region"].shape[0] == FINE
    assert len(pack(regions.sweep("width", regions.state))[1]) < 3_000_000


@settings(max_examples=12)
@given(
    dataset=st.sampled_from(list(PLANE_DATASETS)),
    depth=st.integers(0, 4),
    width=st.integers(1, 16),
    learning_rate=st.floats(0.003, 3),
    activation=st.sampled_from(ACTIVATIONS),
    seed=st.integers(0, 5),
)
def test_every_state_gives_a_picture(**state: Any) -> None:
    regions = Regions(**state)
    frame = regions.preview(regions.state)
    assert frame.summary.endswith(".")
    assert frame.arrays["region"].dtype == np.uint8
    assert np.isfinite(frame.arrays["losses"][0])
    np.testing.assert_array_equal(
        frame.arrays["region"], Regions(**state).preview(regions.state).arrays["region"]
    )


def own_forward(X: Any, weights: Any, activations: Any) -> list[Any]:
    values = [X]
    for (W, b), name in zip(weights, activations, strict=True):
        z = values[-1] @ W + b
        values.append(np.tanh(z) if name == "tanh" else 1 / (1 + np.exp(-z)))
    return values


def own_backward(X: Any, Y: Any, weights: Any, activations: Any) -> list[Any]:
    values = own_forward(X, weights, activations)
    return network.backward(values, Y, weights, activations, "binary_crossentropy")


def test_a_students_functions_drive_it() -> None:
    own = Regions(forward=own_forward, backward=own_backward).frame()
    ours = Regions().frame()
    snapshots = own.arrays["losses"]
    np.testing.assert_allclose(snapshots, ours.arrays["losses"][: len(snapshots)], rtol=1e-2)
    assert "100 %" in own.summary or "on the right side" in own.summary


def test_uphill_is_seen_to_be_uphill() -> None:
    def uphill(*given: Any) -> list[Any]:
        return [(-dW, -db) for dW, db in own_backward(*given)]

    arrays = Regions(backward=uphill).frame().arrays
    assert arrays["losses"][-1] > arrays["losses"][0]


@pytest.mark.parametrize(
    ("forward", "reported"),
    [
        (lambda X, weights, activations: None, "returns NoneType; expected a list of 3 layers"),
        (lambda X, weights, activations: [X], "returns 1; expected a list of 3 layers"),
        (lambda X, weights, activations: [X, X, X], r"gives \(120, 2\); expected \(120, 4\)"),
        (lambda X, weights, activations: 1 / 0, "raises ZeroDivisionError"),
        (lambda X, weights, activations: weights[0][0].fill(0), "changes its input"),
    ],
)
def test_a_students_mistake_is_reported(forward: Any, reported: str) -> None:
    frame = Regions(forward=forward).frame()
    assert re.search(reported, frame.summary), frame.summary
    assert "stops after epoch 0" in frame.summary


def test_a_student_may_not_pass_the_course_its_own_network() -> None:
    scope: dict[str, Any] = {}
    code = "from course.models import network\ndef mlp_forward(*a): return network.forward(*a)"
    exec(compile(code, "/tmp/ipykernel_1/2.py", "exec"), scope)
    assert "write yours" in Regions(forward=scope["mlp_forward"]).frame().summary


# ---- Perceptron ---------------------------------------------------------------------------------


@pytest.mark.parametrize("margin", [0.02, 0.05, 0.1, 0.3])
@pytest.mark.parametrize("seed", range(4))
def test_mistakes_stay_below_the_bound(margin: float, seed: int) -> None:
    frame = Perceptron(dataset="two clouds", margin=margin, seed=seed).frame()
    allowed = float(re.search(r"allows (\d+)", frame.summary)[1])
    assert frame.arrays["mistakes"][-1] <= allowed


def test_and_and_or_end_and_xor_does_not() -> None:
    for name in ("AND", "OR"):
        assert "right about every sample" in Perceptron(dataset=name).frame().summary
    frame = Perceptron(dataset="XOR").frame()
    assert "no end" in frame.summary
    assert frame.arrays["mistakes"][-1] > LOOKS / 4


def test_the_gap_stated_for_the_gates_is_the_widest() -> None:
    """By brute force over directions of the appended space."""
    from course.data.gates import gate
    from course.explore.perceptron.perceptron import _samples

    rng = np.random.default_rng(0)
    for name in ("AND", "OR"):
        X, y = gate(name)
        directions = rng.normal(size=(200_000, 3))
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
        gaps = (y * (directions @ np.column_stack([X, np.ones(4)]).T)).min(axis=1)
        stated = _samples(replace(Perceptron().state, dataset=name))[2]
        assert gaps.max() <= stated + 1e-9
        assert gaps.max() >= 0.95 * stated


def test_the_line_drawn_is_where_z_is_zero() -> None:
    arrays = Perceptron(dataset="two clouds").frame().arrays
    w = np.stack([arrays["w1"], arrays["w2"]], axis=1)[-1]
    for end in range(2):
        z = w @ [arrays["line_x"][-1, end], arrays["line_y"][-1, end]] + arrays["b"][-1]
        assert z == pytest.approx(0, abs=1e-4)


def test_a_students_prediction_decides() -> None:
    right = Perceptron(predict=lambda X, w, b: np.where(X @ w + b >= 0, 1, -1)).frame()
    np.testing.assert_array_equal(right.arrays["mistakes"], Perceptron().frame().arrays["mistakes"])
    zero_one = Perceptron(predict=lambda X, w, b: (X @ w + b >= 0).astype(int)).frame()
    assert zero_one.arrays["mistakes"][-1] > right.arrays["mistakes"][-1]
    assert "returns shape" in Perceptron(predict=lambda X, w, b: X).frame().summary


# ---- Bumps --------------------------------------------------------------------------------------


@pytest.mark.parametrize("curve", ["wave", "resonance", "kink"])
def test_more_bumps_smaller_error(curve: str) -> None:
    errors = Bumps(curve=curve).frame().arrays["errors"]
    assert errors[39] < errors[9] / 2 < errors[2]


@pytest.mark.parametrize("curve", list(CURVES))
def test_every_error_has_room_in_its_panel(curve: str) -> None:
    room = Bumps().make_panels()[1].y.high
    for n_bumps in (1, 2, 3, 8):
        for steepness in (1.0, 5.0, 80.0):
            frame = Bumps(curve=curve, n_bumps=n_bumps, steepness=steepness).frame()
            assert frame.scalars["above"] < room


@pytest.mark.parametrize("steepness", [1.0, 8.0, 20.0, 80.0])
def test_a_jump_is_missed_by_half_of_it_at_least(steepness: float) -> None:
    """Looked at on a grid that left the jump out, the error fell to a tenth of it."""
    frame = Bumps(curve="jump", n_bumps=32, steepness=steepness).frame()
    assert frame.arrays["errors"].min() >= 1.3 / 2
    assert frame.scalars["above"] == frame.arrays["errors"][31]
    target = frame.arrays["target"]
    assert frame.arrays["x"][np.flatnonzero(np.diff(target))] == pytest.approx([0.437])


def test_flat_bumps_smear_and_steep_ones_make_stairs() -> None:
    def error(steepness: float) -> float:
        return Bumps(n_bumps=12, steepness=steepness).frame().scalars["above"]

    assert error(2.0) > 2 * error(8.0) < error(20.0) < error(80.0)


def test_bumps_agree_with_the_definition() -> None:
    arrays = Bumps(curve="wave", n_bumps=4, steepness=20.0).frame().arrays

    def sigmoid(z: Any) -> Any:
        return 1 / (1 + np.exp(-z))

    x = arrays["x"].astype(float)
    f = 0.9 * np.sin(9 * 0.375 + 0.4) * (0.4 + 0.6 * 0.375)
    second = f * (sigmoid(80 * (x - 0.25)) - sigmoid(80 * (x - 0.5)))
    np.testing.assert_allclose(arrays["bump_y"][0, 1], second, atol=1e-5)
    np.testing.assert_allclose(np.nansum(arrays["bump_y"][0], axis=0), arrays["sum"], atol=1e-5)


def test_a_students_bump_is_drawn() -> None:
    def flat(x: Any, left: float, right: float, height: float, steepness: float) -> Any:
        return height * ((x >= left) & (x <= right))

    assert not np.allclose(Bumps(bump=flat).frame().arrays["sum"], Bumps().frame().arrays["sum"])
    wrong = Bumps(bump=lambda *given: None).frame()
    assert "returns None" in wrong.summary


@pytest.mark.parametrize("made", [Regions, Perceptron, Bumps])
def test_permalinks_restore_the_state(made: Any) -> None:
    explorable = made()
    explorable.set(**next(reversed(explorable.presets.values())))
    assert made.from_permalink(explorable.to_permalink()).state == explorable.state


@pytest.mark.parametrize("made", [Regions, Perceptron, Bumps])
def test_pages_are_self_contained_and_small(made: Any) -> None:
    page = made().to_html()
    assert len(page) < 2_100_000
    assert not re.search(r"https?:|<link|<img|@import|url\((?!#)", page)
