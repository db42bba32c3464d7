"""Unit 03's explorables against SymPy, plain loops and the theory of deep networks."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import paths
from autograder.authoring import catalogue
from autograder.authoring.reference import namespace
from course.explore import GradientByLayer, Graph, OptimiserRace
from course.explore.backpropagation.gradient_by_layer import ACTIVATIONS
from course.explore.backpropagation.graph_layout import lay_out
from course.explore.backpropagation.optimiser_race import LANDSCAPES, RUNNERS, STEPS

NAME = "03_backpropagation"
UNIT = namespace(NAME)
PROGRAMS = (
    "x*x + exp(x*x)",
    "cos(sin(x**2) + 3*x**2)",
    "tanh(a*b)/b - 2/a",
    "log(a) * sqrt(b) + a",
)


def by_sympy(program: str, at: dict[str, float]) -> list[float]:
    symbols = {name: sympy.Symbol(name) for name in at}
    f = sympy.sympify(program, locals=symbols)
    values = {symbols[name]: value for name, value in at.items()}
    return [float(sympy.diff(f, symbols[name]).subs(values)) for name in at]


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("program", PROGRAMS)
@settings(max_examples=15)
@given(points=st.tuples(st.floats(0.2, 2), st.floats(0.2, 2)))
def test_both_sweeps_end_at_sympy_s_derivatives(
    program: str, own: bool, points: tuple[float, float]
) -> None:
    graph = Graph(program, low=0.1, value=UNIT["Value"] if own else None)
    at = dict(zip(graph.program.inputs, points, strict=False))
    graph.set(**at)
    frame = graph.frame()
    slopes = frame.arrays["derivatives"][-1, : len(at)]
    np.testing.assert_allclose(slopes, by_sympy(program, at), rtol=1e-4, atol=1e-5)
    assert (frame.arrays["stages"][-1] == 3).all()
    assert "your backward gives" not in frame.summary


def test_a_node_hears_in_parts() -> None:
    frame = Graph(x=1.2).frame()
    names = [node.name for node in Graph().nodes]
    t = names.index("t")
    received = frame.arrays["derivatives"][:, t]
    stages = frame.arrays["stages"][:, t].tolist()
    first, second = stages.index(2), stages.index(3)
    assert first < second
    slope = -math.sin(math.sin(1.44) + 3 * 1.44)
    parts = {round(slope * 3, 4), round(slope * math.cos(1.44), 4)}
    assert round(float(received[first]), 4) in parts
    assert received[second] == pytest.approx(slope * (3 + math.cos(1.44)), rel=1e-5)


def test_no_derivative_moves_on_before_it_is_whole() -> None:
    graph = Graph("y = a*b; f = (y + tanh(y*y + b)) * y", low=0.1)
    frame = graph.frame()
    for time, (_, _, arrow) in enumerate(graph.steps, start=1):
        if arrow >= 0:
            assert frame.arrays["stages"][time - 1, graph.arrows[arrow][1]] == 3


def test_the_tangent_touches_the_curve() -> None:
    frame = Graph(x=0.5).frame()
    x, y = frame.arrays["tangent_x"].astype(float), frame.arrays["tangent_y"].astype(float)
    assert np.interp(0.5, x, y) == pytest.approx(frame.arrays["here"][1], abs=1e-6)
    assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(
        by_sympy("cos(sin(x**2) + 3*x**2)", {"x": 0.5})[0], rel=1e-4
    )


def mistaken(name: str) -> type:
    """Return the class of a wrong answer of the catalogue."""
    (answer,) = [a for a in catalogue.wrong(NAME, "Value") if a.path.stem == name]
    scope = namespace(NAME)
    exec(compile(answer.source, str(answer.path), "exec"), scope)
    return scope["Value"]


def test_a_student_s_mistake_is_reported() -> None:
    reported = Graph("x*x + x", value=mistaken("overwrites"), x=1.5).frame().summary
    assert "your backward gives 1.5" in reported or "your backward gives 1" in reported
    assert "along the arrows it is 4" in reported
    assert "raises TypeError" in Graph("2*x", value=mistaken("no_rmul")).frame().summary
    frame = Graph("x*(2 + 0*x)", value=mistaken("factors_swapped"), x=1.0).frame()
    assert frame.arrays["derivatives"][-1, 0] != pytest.approx(2)


def test_outside_a_domain_it_says_so() -> None:
    assert "no value" in Graph("log(x)", x=-1.0).frame().summary
    assert (
        "raises ValueError"
        in Graph("log(x)", value=UNIT["Value"], x=1.0)
        .compute(Graph("log(x)", x=-1.0).state)
        .summary
    )


@pytest.mark.parametrize(
    ("program", "reported"),
    [
        ("x +", "is no program.*expected an expression or lines such as"),
        ("3 + 4", "no name"),
        ("x/0", "'x / 0' divides by 0; expected another divisor"),
        ("x/(1 - 1)", "divides by 0"),
        ("log(0)*x", r"log\(0\) is no finite number"),
        ("0**(-1) + x", r"0 \^ -1 is no finite number"),
        (3, "3 is int, no text; expected an expression"),
        ("import os", "no name|expected"),
        ("x.exp()", "not allowed"),
        ("2**x", "must be a number"),
        ("__import__('os')", "not allowed"),
        ("y = x; for i in x: y", "is no program"),
        (" + ".join(["x*x"] * 30), "smaller expression"),
    ],
)
def test_what_is_no_program_says_why(program: str, reported: str) -> None:
    with pytest.raises(ValueError, match=reported):
        Graph(program)


@pytest.mark.parametrize(
    ("given_", "reported"),
    [
        ({"value": 3}, "value is 3, of type int; expected a class.*Graph\\(value=Value\\)"),
        ({"value": UNIT["Value"](2.0)}, "of type Value; expected a class, not one of its objects"),
        ({"low": 3}, "low = 3, high = 2.0; expected two numbers, low below high"),
        ({"high": "two"}, "low = -2.0, high = 'two'; expected two numbers"),
    ],
)
def test_what_a_graph_cannot_be_made_of_is_said(given_: dict, reported: str) -> None:
    with pytest.raises(ValueError, match=reported):
        Graph("x*x", **given_)


def test_a_division_by_an_input_that_is_0_has_no_value() -> None:
    assert "no value" in Graph("1/x", x=0.0).frame().summary


@settings(max_examples=60)
@given(count=st.integers(1, 14), seed=st.integers(0, 10_000))
def test_boxes_never_share_a_place_and_arrows_point_right(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    arrows = [(int(rng.integers(end)), end) for end in range(1, count) for _ in range(2)]
    layout = lay_out(count, arrows)
    assert len(set(layout.places)) == count
    for (start, end), route in zip(arrows, layout.routes, strict=True):
        assert route[0] == layout.places[start]
        assert route[-1] == layout.places[end]
        assert all(a[0] < b[0] for a, b in pairwise(route))
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in layout.places)
        assert not set(route[1:-1]) & set(layout.places), "an arrow runs through a box"


# ---- gradient by layer -----------------------------------------------------------------------


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradients_are_those_of_one_plain_sweep(activation: str) -> None:
    shown = GradientByLayer(depth=7, gain=1.2, activation=activation)
    f = {"tanh": np.tanh, "linear": lambda z: z, "relu": lambda z: z * (z > 0)}.get(
        activation, lambda z: 1 / (1 + np.exp(-z))
    )
    weights = shown.weights[:7].astype(float) * shown.state.gain
    before, values = [], [shown.inputs.astype(float)]
    for W in weights:
        before.append(values[-1] @ W)
        values.append(f(before[-1]))
    upstream, sizes = shown.back.astype(float), []
    for W, z in zip(weights[::-1], before[::-1], strict=True):
        delta = upstream * (f(z + 1e-6) - f(z - 1e-6)) / 2e-6
        sizes.append(np.sqrt(np.mean(delta**2)))
        upstream = delta @ W.T
    arrays = shown.frame().arrays
    np.testing.assert_allclose(arrays["gradient"][1:8], np.array(sizes[::-1]) / sizes[0], rtol=1e-3)
    assert np.isnan(arrays["gradient"][8:]).all()
    wanted = [np.sqrt(np.mean(value**2)) for value in values]
    np.testing.assert_allclose(arrays["signal"][:8], wanted, rtol=1e-3)


@pytest.mark.parametrize(
    ("activation", "edge"), [("linear", 1.0), ("relu", math.sqrt(2)), ("sigmoid", 10.5)]
)
def test_the_edge_lies_where_theory_puts_it(activation: str, edge: float) -> None:
    gains, first = GradientByLayer().gain_sweep(activation)
    crossing = float(np.exp(np.interp(0, np.log(np.maximum(first[:, 40], 1e-30)), np.log(gains))))
    assert crossing == pytest.approx(edge, rel=0.2)


def test_vanishing_kept_and_exploding_are_named() -> None:
    for gain, word in ((0.5, "Vanishing"), (1.25, "Kept"), (4.0, "Exploding")):
        assert GradientByLayer(gain=gain).frame().summary.startswith(word)
    assert "forgives" in GradientByLayer(depth=3).frame().summary
    assert "cannot" not in GradientByLayer(depth=1).frame().summary


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_nothing_overflows_at_the_ends(activation: str) -> None:
    for gain in (0.25, 16.0):
        frame = GradientByLayer(gain=gain, depth=50, activation=activation).frame()
        assert np.isfinite(frame.arrays["gradient"][1:]).all()
        assert np.isfinite(frame.arrays["signal"]).all()


def test_a_student_s_weights_are_what_the_signal_meets() -> None:
    own = GradientByLayer(init_weights=UNIT["init_weights"], gain=1.0, activation="linear")
    assert own.weights.std() == pytest.approx(1 / 8, rel=0.02)
    assert "Kept" in own.frame().summary
    bad = GradientByLayer(init_weights=lambda sizes, scheme, rng: [(np.ones((2, 2)), 0)])
    assert "Your init_weights gives" in bad.frame().summary
    assert "raises" in GradientByLayer(init_weights=lambda: 1).frame().summary


# ---- the race --------------------------------------------------------------------------------

STEP_FUNCTIONS = {
    "momentum": "sgd_momentum_step",
    "adagrad": "adagrad_step",
    "rmsprop": "rmsprop_step",
    "adam": "adam_step",
}


@pytest.mark.parametrize("landscape", list(LANDSCAPES))
def test_right_steps_run_the_built_in_race(landscape: str) -> None:
    state = {"landscape": landscape, "learning_rate": 0.03, "momentum": 0.8, "memory": 0.95}
    built_in = OptimiserRace(**state).frame()
    own = OptimiserRace(**{k: UNIT[name] for k, name in STEP_FUNCTIONS.items()}).compute(
        OptimiserRace(**state).state
    )
    for name, values in built_in.arrays.items():
        np.testing.assert_allclose(own.arrays[name], values, rtol=1e-4, atol=1e-6, err_msg=name)


@pytest.mark.parametrize("landscape", list(LANDSCAPES))
def test_gradients_belong_to_their_heights(landscape: str) -> None:
    land, points = LANDSCAPES[landscape], np.random.default_rng(1).uniform(-1.5, 1.5, size=(20, 2))
    h = 1e-5
    for axis in (0, 1):
        step = h * np.eye(2)[axis]
        up, down = (land.height(*(points + sign * step).T) for sign in (1, -1))
        np.testing.assert_allclose(land.gradient(points)[:, axis], (up - down) / (2 * h), atol=1e-8)
    x, y = np.meshgrid(np.linspace(-2, 2, 401), np.linspace(-1.5, 1.5, 301))
    assert land.height(x, y).min() > -1e-9
    assert abs(land.height(*map(np.array, land.deepest))) < 1e-9


def test_gradient_descent_on_the_ravine_is_a_power() -> None:
    frame = OptimiserRace(learning_rate=0.1).frame()
    t = np.arange(STEPS + 1)
    np.testing.assert_allclose(frame.arrays["gd_x"], -1.7 * (1 - 0.1 * 0.1) ** t, rtol=1e-4)
    np.testing.assert_allclose(frame.arrays["gd_y"], (1 - 0.1 * 4.0) ** t, rtol=1e-4, atol=1e-9)


def test_turned_axes_matter_to_methods_that_work_by_component() -> None:
    """Momentum and plain descent take the same path in any axes; a step by component does not."""
    straight, turned = (OptimiserRace(turn=angle).frame() for angle in (0.0, 45.0))
    for key in ("gd", "momentum"):
        for axis in "xy":
            path = f"{key}_{axis}"
            assert np.allclose(straight.arrays[path], turned.arrays[path], atol=1e-9)
    assert "RMSprop (step 11)" in straight.summary
    assert "RMSprop (step 113)" in turned.summary
    assert "Adam" in turned.summary.split("Not yet:")[1]
    quarter = OptimiserRace(turn=90.0).frame().arrays
    assert np.allclose(quarter["adam_x"], straight.arrays["adam_x"], atol=1e-9)


def test_the_slider_of_the_angle_is_there_and_said() -> None:
    [slider] = [control for control in OptimiserRace().controls if control.key == "turn"]
    assert (slider.name, slider.unit, slider.low, slider.high) == ("turn of the axes", "°", 0, 90)
    text = (paths.SOURCE / f"{NAME}.py").read_text(encoding="utf-8")
    assert f"*{slider.name}*" in text


def test_all_five_leave_a_ghost() -> None:
    [_, heights] = OptimiserRace().make_panels()
    assert [layer.ghost for layer in heights.layers] == [True] * len(RUNNERS)


def test_own_steps_run_in_the_turned_axes_too() -> None:
    own = {name: UNIT[function] for name, function in STEP_FUNCTIONS.items()}
    built_in = OptimiserRace(turn=30.0)
    frame = OptimiserRace(**own).compute(built_in.state)
    for name in own:
        assert np.allclose(frame.arrays[f"{name}_x"], built_in.frame().arrays[f"{name}_x"])


def test_only_momentum_leaves_the_wrong_well() -> None:
    summary = OptimiserRace(landscape="double well").frame().summary
    assert summary.startswith("At the bottom to stay: momentum")
    without = OptimiserRace(landscape="double well", momentum=0.0).frame().summary
    assert "nobody rests" in without


def test_who_divides_leaves_the_saddle_first() -> None:
    frame = OptimiserRace(landscape="saddle").frame()
    left = {key: int(np.argmax(frame.arrays[f"{key}_height"] < 0.1)) for key in RUNNERS}
    assert left["rmsprop"] < left["adam"] < left["momentum"]
    assert left["momentum"] < left["gd"]


def test_too_large_a_step_leaves_the_picture_and_breaks_nothing() -> None:
    frame = OptimiserRace(learning_rate=1.0).frame()
    assert "Left the picture" in frame.summary
    assert not any(np.isinf(values).any() for values in frame.arrays.values())


def test_a_failing_step_is_reported() -> None:
    assert "returns shape" in OptimiserRace(adam=lambda *a, **k: (np.zeros(3), 0)).frame().summary
    assert "raises" in OptimiserRace(rmsprop=lambda a: a).frame().summary
