"""AnswerSurface against a network written out, and against the rule that it learns."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from course.explore import AnswerSurface
from course.explore.perceptron import answer_surface


def drawn_by_hand(seed: int, depth: int, width: int, gain: float) -> list:
    """Draw weights and biases as the explorable promises: Xavier times the gain, then biases."""
    rng = np.random.default_rng(seed)
    sizes = [2, *[width] * depth, 1]
    weights = [
        gain * math.sqrt(2 / (n_in + n_out)) * rng.standard_normal((n_in, n_out))
        for n_in, n_out in pairwise(sizes)
    ]
    return [(W, rng.normal(0, 0.3 * gain, W.shape[1])) for W in weights]


@pytest.mark.parametrize("state", [(0, 2, 8, 1.0), (3, 1, 4, 2.0), (5, 3, 16, 4.0)])
def test_the_untrained_answer_is_that_of_the_weights_drawn(state: tuple) -> None:
    seed, depth, width, gain = state
    explorable = AnswerSurface(seed=seed, depth=depth, width=width, gain=gain)
    surface = explorable.frame().arrays["untrained"]
    side = np.linspace(-1, 1, len(surface))
    layers = drawn_by_hand(*state)
    for row, column in ((0, 0), (4, 21), (30, 30), (15, 2)):
        v = np.array([side[column], side[row]])
        for W, b in layers[:-1]:
            v = np.tanh(v @ W + b)
        W, b = layers[-1]
        expected = 1 / (1 + math.exp(-(v @ W + b)[0]))
        assert surface[row, column] == pytest.approx(expected, abs=1e-4)


def test_time_begins_untrained_and_ends_at_the_rule() -> None:
    arrays = AnswerSurface().frame().arrays
    np.testing.assert_array_equal(arrays["answers"][0], arrays["untrained"])
    side = np.linspace(-1, 1, answer_surface.GRID)
    x1, x2 = np.meshgrid(side, side)
    clear = np.minimum(np.abs(x1), np.abs(x2)) > 0.2
    rule = x1 * x2 < 0
    assert np.mean((arrays["answers"][-1] > 0.5)[clear] == rule[clear]) > 0.97
    assert np.mean((arrays["untrained"] > 0.5)[clear] == rule[clear]) < 0.65


def test_losses_and_shares_are_those_of_the_points() -> None:
    arrays = AnswerSurface().frame().arrays
    X, Y = answer_surface.rule_data()
    assert ((X[:, 0] * X[:, 1] < 0) == (Y[:, 0] == 1)).all()
    layers = drawn_by_hand(0, 2, 8, 1.0)
    v = X
    for W, b in layers[:-1]:
        v = np.tanh(v @ W + b)
    z = (v @ layers[-1][0] + layers[-1][1])[:, 0]
    expected = np.mean(np.logaddexp(0, z) - Y[:, 0] * z)
    assert arrays["losses"][0] == pytest.approx(expected, rel=1e-4)
    assert arrays["right"][0] == pytest.approx(100 * np.mean((z >= 0) == Y[:, 0]))


def test_a_preview_is_the_same_run_at_fewer_moments() -> None:
    explorable = AnswerSurface(width=4)
    fine, coarse = explorable.compute(explorable.state), explorable.preview(explorable.state)
    assert fine.summary == coarse.summary
    np.testing.assert_array_equal(
        fine.arrays["answers"][[0, -1]], coarse.arrays["answers"][[0, -1]]
    )
    assert set(coarse.arrays["epochs"]) <= set(fine.arrays["epochs"])


def test_weights_decide_the_start_and_data_the_end() -> None:
    """Where there are points, two trained networks are nearer to each other than untrained."""
    one, other = (AnswerSurface(seed=seed).frame().arrays for seed in (0, 3))
    untrained = np.abs(one["untrained"] - other["untrained"]).mean()
    trained = np.abs(one["answers"][-1] - other["answers"][-1]).mean()
    assert trained < untrained / 2
