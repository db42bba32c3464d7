"""LossLandscape against a network written out in loops, and against its own gradient."""

from __future__ import annotations

import math

import numpy as np
import pytest

from course.explore import LossLandscape
from course.explore.backpropagation import weight_plane
from course.explore.backpropagation.loss_landscape import PLANES
from course.models import network

NEURON, PLAIN, PATH = PLANES


def loss_by_hand(layers: weight_plane.Layers) -> float:
    """Return the mean cross-entropy of a ReLU network, sample by sample."""
    X, Y = weight_plane.trigger_data()
    total = 0.0
    for x, y in zip(X.astype(float), Y[:, 0], strict=True):
        v = x
        for number, (W, b) in enumerate(layers):
            z = v @ W.astype(float) + b
            v = np.maximum(z, 0) if number < len(layers) - 1 else z
        total += math.log1p(math.exp(-abs(v[0]))) + max(v[0], 0) - y * v[0]
    return total / len(X)


def moved(
    layers: weight_plane.Layers, *steps: tuple[float, weight_plane.Layers]
) -> weight_plane.Layers:
    made = [(W.astype(float), b.astype(float)) for W, b in layers]
    for length, direction in steps:
        made = [
            (W + length * D, b + length * d) for (W, b), (D, d) in zip(made, direction, strict=True)
        ]
    return made


def two_directions(state: LossLandscape, plane: str) -> tuple[weight_plane.Layers, ...]:
    run = weight_plane.train_run(state.state.depth, state.state.width)
    rng = np.random.default_rng(state.state.seed)
    if plane == PATH:
        return weight_plane.path_directions(run.path)
    draw = weight_plane.neuron_directions if plane == NEURON else weight_plane.plain_directions
    return draw(run.weights, rng), draw(run.weights, rng)


@pytest.mark.parametrize("plane", PLANES)
def test_heights_are_losses_of_moved_networks(plane: str) -> None:
    landscape = LossLandscape(plane=plane, seed=1)
    frame = landscape.frame()
    heights, ends = frame.arrays["heights"], frame.scalars
    run = weight_plane.train_run(2, 16)
    first, second = two_directions(landscape, plane)
    n = len(heights)
    a, b = np.linspace(ends["low1"], ends["high1"], n), np.linspace(ends["low2"], ends["high2"], n)
    for row, column in ((n // 2, n // 2 + 3), (n // 2 - 8, n // 2 + 2), (n // 2 + 5, n // 2 - 6)):
        expected = loss_by_hand(moved(run.weights, (a[column], first), (b[row], second)))
        assert heights[row, column] == pytest.approx(expected, rel=1e-4)


def test_the_middle_is_the_trained_network() -> None:
    frame = LossLandscape().frame()
    heights = frame.arrays["heights"]
    middle = heights[len(heights) // 2, len(heights) // 2]
    assert middle == pytest.approx(frame.arrays["losses"][-1], rel=1e-4)
    assert middle == pytest.approx(loss_by_hand(weight_plane.train_run(2, 16).weights), rel=1e-3)
    assert middle < heights.min() * 1.05


def test_the_surface_is_as_steep_as_the_gradient_says() -> None:
    X, Y = weight_plane.trigger_data()
    run = weight_plane.train_run(2, 16)
    first, second = two_directions(LossLandscape(), NEURON)
    a, b, h = 0.8, 0.6, 0.001
    layers = moved(run.weights, (a, first), (b, second))
    values = network.forward(X.astype(float), layers, run.activations)
    gradient = network.backward(values, Y, layers, run.activations, weight_plane.LOSS)
    for direction, da, db in ((first, h, 0.0), (second, 0.0, h)):
        pairs = zip(gradient, direction, strict=True)
        slope = sum(float((dW * D).sum() + (dB * d).sum()) for (dW, dB), (D, d) in pairs)
        below, above = weight_plane.losses_on_plane(
            run, run.weights, first, second, np.array([a - da, a + da]), np.array([b - db, b + db])
        )
        assert (above - below) / (2 * h) == pytest.approx(slope, rel=0.01)


def test_each_neuron_s_weights_keep_their_length() -> None:
    run = weight_plane.train_run(3, 8)
    direction = weight_plane.neuron_directions(run.weights, np.random.default_rng(0))
    for (W, _), (D, d) in zip(run.weights, direction, strict=True):
        for unit in range(W.shape[1]):
            length = math.sqrt(sum(float(w) ** 2 for w in W[:, unit]))
            assert math.sqrt(sum(w**2 for w in D[:, unit])) == pytest.approx(length, rel=1e-5)
        assert not d.any()


def test_a_stretched_network_answers_alike_and_keeps_its_picture_by_neuron() -> None:
    X, _ = weight_plane.trigger_data()
    run = weight_plane.train_run(2, 16)
    stretched = weight_plane.stretch(run.weights, 4.0)
    answers = [network.forward(X, w, run.activations)[-1] for w in (run.weights, stretched)]
    np.testing.assert_allclose(*answers, atol=1e-5)
    for plane, same in ((NEURON, True), (PLAIN, False)):
        one, other = (
            LossLandscape(plane=plane, stretch=c).frame().arrays["heights"] for c in (1.0, 4.0)
        )
        assert np.allclose(one, other, rtol=1e-2, atol=1e-3) is same


def test_the_path_s_directions_are_its_principal_ones() -> None:
    run = weight_plane.train_run(2, 4)
    rows = np.array(
        [np.concatenate([part.ravel() for pair in layers for part in pair]) for layers in run.path]
    ).astype(float)
    rows -= rows[-1]
    values, vectors = np.linalg.eigh(rows.T @ rows)
    first, second = weight_plane.path_directions(run.path)
    places, share = weight_plane.place_on_plane(run.path, first, second)
    assert share == pytest.approx(values[-2:].sum() / values.sum(), rel=1e-6)
    np.testing.assert_allclose(
        np.abs(places), np.abs(rows @ vectors[:, [-1, -2]]), atol=1e-5 * np.abs(rows).max()
    )
    assert (places[0] < 0).all()
    assert not places[-1].any()


def test_the_path_in_the_picture_ends_in_the_middle_and_is_as_high_as_the_surface() -> None:
    arrays = LossLandscape(plane=PATH).frame().arrays
    assert (arrays["path1"][-1], arrays["path2"][-1]) == (0, 0)
    assert arrays["on_surface"][-1] == pytest.approx(arrays["losses"][-1], rel=1e-4)
    np.testing.assert_allclose(arrays["on_surface"], arrays["losses"], atol=0.05)
    # On a random plane hardly any of the way shows: the surface is low all along it.
    assert LossLandscape().frame().arrays["on_surface"].max() < 0.1


def test_a_network_that_has_not_learnt_has_a_picture() -> None:
    """Its ReLUs are silent: the weights stand still, and the loss is a coin's."""
    for plane in PLANES:
        frame = LossLandscape(plane=plane, depth=5, width=2).frame()
        assert np.isfinite(frame.arrays["heights"]).all()
        assert "loss of 0.69" in frame.summary
        assert frame.scalars["low1"] < frame.scalars["high1"]
