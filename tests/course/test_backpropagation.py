"""Unit 03's right answers and ready-made parts against oracles from outside."""

import os
from itertools import pairwise

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from autograder.authoring.reference import namespace
from autograder.hidden_tests.backpropagation.engine import random_program
from course.models import network
from course.models.operation_counts import compare, count
from course.validation.layers import as_layers, as_tables, flatten, unflatten

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

UNIT = namespace("03_backpropagation")


def drawn(seed: int, last: str):
    rng = np.random.default_rng(seed)
    sizes = [int(n) for n in rng.integers(1, 7, size=rng.integers(2, 7))]
    names = [*(str(rng.choice(["tanh", "relu", "sigmoid", "linear"])) for _ in sizes[2:]), last]
    weights = [(rng.normal(size=pair), rng.normal(size=pair[1])) for pair in pairwise(sizes)]
    X = rng.normal(size=(int(rng.integers(1, 9)), sizes[0]))
    Y = rng.dirichlet(np.ones(sizes[-1]), size=len(X))
    return X, Y, weights, names


@pytest.mark.parametrize("last", ["softmax", "linear", "sigmoid"])
@pytest.mark.parametrize("seed", range(4))
def test_mlp_backward_equals_keras(seed: int, last: str) -> None:
    import keras
    import tensorflow as tf

    X, Y, weights, names = drawn(seed, last)
    model = keras.Sequential([keras.Input(shape=X.shape[1:], dtype="float64")])
    for (W, b), name in zip(weights, names, strict=True):
        layer = keras.layers.Dense(len(b), activation=name, dtype="float64")
        model.add(layer)
        layer.set_weights([W, b])
    with tf.GradientTape() as tape:
        output = model(X)
        if last == "softmax":
            loss = -tf.reduce_sum(Y * tf.math.log(output)) / len(X)
        else:
            loss = tf.reduce_sum((output - Y) ** 2) / (2 * len(X))
    wanted = [g.numpy() for g in tape.gradient(loss, model.trainable_variables)]
    found = [part for pair in UNIT["mlp_backward"](X, Y, weights, names) for part in pair]
    for one, other in zip(found, wanted, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)
    assert UNIT["network_loss"](X, Y, weights, names) == pytest.approx(float(loss))


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32 - 1))
def test_mlp_backward_equals_the_course_s_network(seed: int) -> None:
    X, Y, weights, names = drawn(seed, "softmax")
    values = network.forward(X, weights, names)
    wanted = network.backward(values, Y, weights, names, loss="categorical_crossentropy")
    for pair, right in zip(UNIT["mlp_backward"](X, Y, weights, names), wanted, strict=True):
        for one, other in zip(pair, right, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "keras_name", "settings_"),
    [
        ("sgd_momentum_step", "SGD", {"momentum": 0.9}),
        ("adagrad_step", "Adagrad", {"initial_accumulator_value": 0.0, "epsilon": 1e-8}),
        ("rmsprop_step", "RMSprop", {"rho": 0.9, "epsilon": 1e-8}),
        ("adam_step", "Adam", {"epsilon": 1e-8}),
    ],
)
def test_steps_equal_keras(name: str, keras_name: str, settings_: dict) -> None:
    import keras

    rng = np.random.default_rng(5)
    theta = rng.normal(size=4).astype(np.float32)
    variable = keras.Variable(theta)
    optimiser = getattr(keras.optimizers, keras_name)(learning_rate=0.05, **settings_)
    state = (np.zeros(4), np.zeros(4), 0) if name == "adam_step" else np.zeros(4)
    for _ in range(12):
        gradient = rng.normal(size=4).astype(np.float32)
        optimiser.apply([keras.ops.convert_to_tensor(gradient)], [variable])
        theta, state = UNIT[name](theta, gradient, state, 0.05)
    np.testing.assert_allclose(theta, np.asarray(variable), rtol=2e-4, atol=2e-5)


@settings(max_examples=30)
@given(seed=st.integers(0, 2**32 - 1), scale=st.floats(0.01, 800))
def test_softmax_loss_equals_scipy(seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    Z, Y = scale * rng.normal(size=(5, 4)), rng.dirichlet(np.ones(4), size=5)
    loss, dZ = UNIT["softmax_cross_entropy"](Z, Y)
    assert loss == pytest.approx(-(Y * log_softmax(Z, axis=1)).sum() / 5)
    np.testing.assert_allclose(dZ.sum(axis=1), 0, atol=1e-12)


def test_logistic_backward_vanishes_where_scikit_learn_stops() -> None:
    rng = np.random.default_rng(2)
    X = rng.normal(size=(60, 3))
    y = (X @ [1, -1, 0.5] + rng.normal(size=60) > 0).astype(float)
    fitted = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-10).fit(X, y)
    loss, dtheta, _ = UNIT["logistic_backward"](X, y, fitted.coef_[0])
    np.testing.assert_allclose(dtheta, 0, atol=1e-5)
    assert loss == pytest.approx(log_loss(y, fitted.predict_proba(X)[:, 1]))


@settings(max_examples=10)
@given(seed=st.integers(0, 2**32 - 1))
def test_value_equals_sympy_on_random_programs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    program = random_program(rng, 4)
    a, b = rng.uniform(-1, 1, size=2)
    given_ = UNIT["Value"].differentiate(program, a=a, b=b)

    class Symbolic(sympy.Symbol):
        """Answers to methods, as `Value` does."""

    for name in ("tanh", "exp", "log"):
        setattr(sympy.Expr, name, lambda self, name=name: getattr(sympy, name)(self))
    try:
        x, y = Symbolic("a"), Symbolic("b")
        scope = {"a": x, "b": y}
        exec(program, scope)
    finally:
        for name in ("tanh", "exp", "log"):
            delattr(sympy.Expr, name)
    for name, symbol in (("a", x), ("b", y)):
        wanted = float(sympy.diff(scope["f"], symbol).subs({x: a, y: b}).evalf(30))
        assert given_[name] == pytest.approx(wanted, rel=1e-9, abs=1e-12)


def test_operations_are_deck_004_s() -> None:
    first = compare("exp(x**2)", ["a = x**2", "b = exp(a)", "slope = 2*x*b"])
    assert (first.written_out, first.shared, first.by_hand) == ((2, 4), 4, 4)
    lines = ["a = x**2", "b = exp(a)", "c = a + b", "d = sqrt(c)", "slope = x*(1 + b)/d"]
    second = compare("sqrt(x**2 + exp(x**2))", lines)
    assert (second.written_out, second.shared, second.by_hand) == ((5, 10), 7, 7)
    assert second.by_sympy == (6, 11)
    assert count("-x + sin(x*y)") == 4
    assert "<table>" in second._repr_html_()
    assert "15" in repr(second)


@pytest.mark.parametrize(
    ("lines", "reported"),
    [
        (["a = x**2"], "at least two"),
        (["a = x**2", "b = exp(a)", "slope = x*b"], "f′ is"),
        (["a = x**2", "exp(a)", "slope = x"], "not of the form"),
    ],
)
def test_a_wrong_graph_by_hand_is_refused(lines: list[str], reported: str) -> None:
    with pytest.raises(ValueError, match=reported):
        compare("exp(x**2)", lines)


@pytest.mark.parametrize(
    ("expression", "lines", "reported"),
    [
        ("exp(x**2)", "a = x**2", r"expected a list of lines, \['t = x\*x', …\]"),
        ("exp(x**2", ["a = x**2", "b = exp(a)", "slope = 2*x*b"], r"'exp\(x\*\*2'"),
        ("exp(y)", ["a = x**2", "b = exp(a)", "slope = 2*x*b"], "y"),
        ("exp(x**2)", ["a = x**2", "b = expo(a)", "slope = 2*x*b"], "expo"),
        ("exp(x**2)", ["a = x**", "b = exp(a)", "slope = 2*x*b"], r"a = x\*\*"),
    ],
)
def test_what_cannot_be_counted_is_quoted(expression: str, lines: list[str], reported: str) -> None:
    with pytest.raises(ValueError, match=reported):
        compare(expression, lines)


def test_flatten_and_unflatten_undo_each_other() -> None:
    _, _, weights, _ = drawn(3, "linear")
    for pair, again in zip(weights, unflatten(flatten(weights), weights), strict=True):
        for one, other in zip(pair, again, strict=True):
            np.testing.assert_array_equal(one, other)
    with pytest.raises(ValueError, match=r"these layers hold \(\d+,\)"):
        unflatten([1.0, 2.0], weights)


@pytest.mark.parametrize(
    ("change", "reported"),
    [
        ({"Y": [[1.0]]}, r"Y has shape \(1, 1\); the network gives \(2, 1\)"),
        ({"X": [[1.0], [2.0]]}, r"X has shape \(2, 1\) and W of layer 1 has shape \(3, 1\)"),
        ({"weights": [([[1], [2], [3]], [1, 2])]}, r"W has shape \(3, 1\) and b has shape \(2,\)"),
        ({"weights": [([[1], [2], [3]],)]}, "holds 1 array"),
        ({"weights": []}, "weights is empty"),
        ({"activations": []}, r"1 layer\(s\) but 0"),
        ({"activations": ["wave"]}, "'wave' of layer 1 is not known"),
    ],
)
def test_layers_that_do_not_fit_say_why(change: dict, reported: str) -> None:
    right = {
        "X": np.ones((2, 3)),
        "Y": np.ones((2, 1)),
        "weights": [(np.ones((3, 1)), np.ones(1))],
        "activations": ["tanh"],
    }
    with pytest.raises(ValueError, match=reported):
        as_layers(**(right | change), known=UNIT["activate"])


def test_softmax_stands_last_only() -> None:
    square = (np.ones((2, 2)), np.ones(2))
    with pytest.raises(ValueError, match="softmax stands in layer 1"):
        as_layers(np.ones((1, 2)), np.ones((1, 2)), [square] * 2, ["softmax"] * 2, UNIT["activate"])


def test_tables_of_two_shapes_name_both() -> None:
    with pytest.raises(ValueError, match=r"Z has shape \(1, 2\) and Y has shape \(1, 1\)"):
        as_tables(Z=[[1, 2]], Y=[[1]])
