"""What an explorable shows while a run is not seen yet, or a student's function not written yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from course import explore
from course.explore import (
    RBM,
    Batches,
    Bumps,
    Descent,
    GradientByLayer,
    Graph,
    Hopfield,
    OptimiserRace,
    Perceptron,
    Regions,
    Rotate,
    Threshold,
)
from course.explore.base.explorable import Explorable

TIMED = [
    kind
    for kind in (getattr(explore, name) for name in explore.__all__)
    if (made := kind()).timeline and not made.timeline.drives
]


def stub(name: str) -> Callable[..., Any]:
    """Return a function as it is handed out."""
    scope: dict[str, Any] = {}
    exec(f"def {name}(*given, **named):\n    raise NotImplementedError()", scope)
    return scope[name]


class Value:
    """A class as it is handed out."""

    def __init__(self, value: float) -> None:
        self.value = value

    def exp(self) -> Value:
        raise NotImplementedError()


STUBS = [
    (Descent, {"gradient": stub("gradient")}),
    (Batches, {"gradient": stub("gradient")}),
    (Batches, {"sgd": stub("sgd")}),
    (Perceptron, {"predict": stub("perceptron_predict")}),
    (Regions, {"forward": stub("mlp_forward")}),
    (Regions, {"backward": stub("mlp_backward")}),
    (Bumps, {"bump": stub("bump")}),
    (Graph, {"value": Value}),
    (GradientByLayer, {"init_weights": stub("init_weights")}),
    (OptimiserRace, {"momentum": stub("sgd_momentum_step")}),
    (OptimiserRace, {"adam": stub("adam_step")}),
    (Threshold, {"counts_at": stub("counts_at")}),
    (Hopfield, {"hebbian_weights": stub("hebbian_weights")}),
    (RBM, {"cd_gradient": stub("cd_gradient")}),
    (Rotate, {"pca": stub("pca")}),
]


@pytest.mark.parametrize(
    ("kind", "given"), STUBS, ids=[f"{kind.name}-{next(iter(given))}" for kind, given in STUBS]
)
def test_the_course_s_own_stands_in_for_a_stub_and_says_so(
    kind: type[Explorable], given: dict[str, Any]
) -> None:
    [function] = given.values()
    own, built_in = kind(**given).frame(), kind().frame()
    said = f"{function.__name__} is not written yet: the course's own is used here. "
    assert own.summary == said + built_in.summary
    assert not built_in.opening or own.opening == said + built_in.opening
    for name, values in built_in.arrays.items():
        np.testing.assert_array_equal(own.arrays[name], values, err_msg=name)


@pytest.mark.parametrize("kind", TIMED, ids=lambda kind: kind.name)
def test_what_comes_of_a_run_is_not_said_before(kind: type[Explorable]) -> None:
    made = kind()
    for values in ({}, *made.presets.values()):
        frame = made.compute(made.state_class(**(vars(made.state) | values)))
        assert frame.opening.endswith((". Press play.", ". Press step, or play.", "backward."))
        assert frame.opening != frame.summary


def test_a_mistake_is_said_at_once() -> None:
    for made in (
        Descent(gradient=lambda X, y, theta: 1 / 0),
        Batches(gradient=lambda X, y, theta: 1 / 0),
        Perceptron(predict=lambda X, w, b: 1 / 0),
        Regions(forward=lambda X, weights, activations: 1 / 0),
        OptimiserRace(adam=lambda *given, **named: 1 / 0),
        Hopfield(hebbian_weights=lambda patterns: 1 / 0),
        RBM(cd_gradient=lambda *given: 1 / 0),
        Rotate(pca=lambda X, k: 1 / 0),
    ):
        frame = made.frame()
        assert "ZeroDivisionError: division by zero" in frame.summary
        assert frame.opening == ""
