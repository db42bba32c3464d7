"""Guards of neurons and networks name both shapes; points of the plane are as described."""

from typing import Any

import numpy as np
import pytest

from course.data.gates import CORNERS, GATES, PLANE_DATASETS, crossed, gate, separable
from course.validation.neurons import (
    as_network,
    as_neuron,
    require_option,
    require_rising,
    require_signs,
)


def test_a_neuron_takes_lists_and_whole_numbers_and_gives_new_floats() -> None:
    given = np.array([[1, 2], [3, 4]])
    X, w, b = as_neuron(given, [1, -1], 2)
    assert X.dtype == w.dtype == float
    assert isinstance(b, float)
    X[0, 0] = 99
    assert given[0, 0] == 1


@pytest.mark.parametrize(
    ("call", "reported"),
    [
        (lambda: as_neuron([[1.0, 2.0]], [1.0], 0), r"X has shape \(1, 2\) and w has shape \(1,\)"),
        (lambda: as_neuron([[1.0]], [np.nan], 0), "w holds 1 value"),
        (lambda: require_signs(y=[0, 1, 1]), r"label\(s\) 0; expected −1 and \+1 only"),
        (lambda: require_option(("tanh", "relu"), name="swish"), "expected one of tanh, relu"),
        (lambda: require_rising(left=1, right=1), "left = 1, right = 1; expected left < right"),
        (lambda: as_network([[1.0]], [], []), r"got 0 layer\(s\)"),
        (lambda: as_network([[1.0]], [([[1.0]], [0.0])], ["tanh", "tanh"]), "one activation for"),
        (
            lambda: as_network([[1.0]], [([[1.0], [2.0]], [0.0])], ["tanh"]),
            r"layer 1 has W of shape \(2, 1\) and b of shape \(1,\); expected W \(1, n_out\)",
        ),
        (
            lambda: as_network([[1.0]], [([[1.0]], [0.0, 1.0])], ["tanh"]),
            r"b of shape \(2,\)",
        ),
        (lambda: as_network([[1.0]], [([[1.0]],)], ["tanh"]), "layer 1 holds 1 arrays"),
    ],
)
def test_guards_say_what_was_given_and_expected(call: Any, reported: str) -> None:
    with pytest.raises(ValueError, match=reported):
        call()


def test_a_network_comes_back_as_copies() -> None:
    W = np.ones((2, 3), dtype=int)
    X, layers = as_network([[1, 2]], [(W, [0, 0, 0])], ["tanh"])
    layers[0][0][0, 0] = 5
    assert W[0, 0] == 1
    assert X.dtype == layers[0][1].dtype == float


def test_gates_are_what_their_names_say() -> None:
    a, b = CORNERS.astype(bool).T
    for name, truth in (("AND", a & b), ("OR", a | b), ("XOR", a ^ b)):
        assert list(GATES[name]) == truth.astype(int).tolist()
        X, y = gate(name)
        assert set(y) <= {-1.0, 1.0}
        X[0] = 7
        assert CORNERS[0, 0] == 0


@pytest.mark.parametrize("name", ["xor", "NAND", 3, ["AND"]])
def test_a_gate_that_there_is_not_names_those_there_are(name: object) -> None:
    with pytest.raises(ValueError, match="'AND', 'OR', 'XOR', in capitals"):
        gate(name)  # type: ignore[arg-type]


def test_separable_points_keep_their_distance() -> None:
    for seed in range(5):
        X, y, line = separable(50, 0.2, np.random.default_rng(seed))
        assert len(X) == 50
        assert (y * (X @ line[:2] + line[2])).min() >= 0.2
        assert np.linalg.norm(line[:2]) == pytest.approx(1)


def test_crossed_points_fire_where_the_product_is_negative() -> None:
    X, fires = crossed(400, np.random.default_rng(0))
    np.testing.assert_array_equal(fires, (X.prod(axis=1) < 0).astype(int))
    assert np.abs(X).min() >= 0.05
    assert 0.4 < fires.mean() < 0.6


@pytest.mark.parametrize("name", list(PLANE_DATASETS))
def test_clouds_lie_in_the_square_and_have_both_classes(name: str) -> None:
    X, y = PLANE_DATASETS[name](120, np.random.default_rng(1))
    assert X.shape == (120, 2)
    assert np.abs(X).max() <= 1.05
    assert set(np.unique(y)) == {0, 1}
