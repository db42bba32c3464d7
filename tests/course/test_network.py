"""The course's own network: equal to Keras's, fast, and no answer to an exercise."""

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.models import network
from course.notebook_guard import PROJECT, ReferenceUsedError

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

HIDDEN = ("sigmoid", "tanh", "relu", "softplus", "linear")
OUTPUTS = {
    "sigmoid": "binary_crossentropy",
    "softmax": "categorical_crossentropy",
    "linear": "mse",
    "tanh": "mse",
    "softplus": "mse",
}
TOLERANCE = 1e-5


def drawn(seed: int):
    """A random network with random data: any depth 0–5, widths 1–12, activations, loss."""
    rng = np.random.default_rng(seed)
    sizes = [int(n) for n in rng.integers(1, 13, size=rng.integers(2, 8))]
    output = str(rng.choice(list(OUTPUTS)))
    activations = [str(rng.choice(HIDDEN)) for _ in sizes[2:]] + [output]
    weights = network.initialise(sizes, rng, "xavier")
    weights = [(W, rng.normal(size=b.shape, scale=0.3).astype(np.float32)) for W, b in weights]
    X = rng.normal(size=(rng.integers(1, 40), sizes[0])).astype(np.float32)
    shape = (len(X), sizes[-1])
    if output == "softmax":
        Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], size=len(X))]
    else:
        Y = rng.integers(0, 2, size=shape) if output == "sigmoid" else rng.normal(size=shape)
    return X, Y.astype(np.float32), weights, activations, OUTPUTS[output]


@pytest.mark.parametrize("seed", range(25))
def test_equals_keras(seed):
    import keras
    import tensorflow as tf

    X, Y, weights, activations, name = drawn(seed)
    model = keras.Sequential([keras.Input(shape=X.shape[1:])])
    for (W, b), activation in zip(weights, activations, strict=True):
        layer = keras.layers.Dense(len(b), activation=activation)
        model.add(layer)
        layer.set_weights([W, b])
    loss = {
        "mse": keras.losses.MeanSquaredError(),
        "binary_crossentropy": keras.losses.BinaryCrossentropy(),
        "categorical_crossentropy": keras.losses.CategoricalCrossentropy(),
    }[name]
    with tf.GradientTape() as tape:
        output = model(X)
        value = loss(Y, output)
    theirs = tape.gradient(value, model.trainable_variables)

    values = network.forward(X, weights, activations)
    ours = network.backward(values, Y, weights, activations, name)
    assert values[-1].dtype == np.float32
    np.testing.assert_allclose(values[-1], output.numpy(), atol=TOLERANCE, rtol=TOLERANCE)
    assert network.loss(name, values[-1], Y) == pytest.approx(float(value), abs=1e-5, rel=1e-5)
    flat = [part for layer in ours for part in layer]
    for mine, other in zip(flat, theirs, strict=True):
        np.testing.assert_allclose(mine, other.numpy(), atol=TOLERANCE, rtol=TOLERANCE)


@pytest.mark.parametrize("name", [*HIDDEN, "step"])
def test_slope_is_the_derivative_and_stays_finite(name):
    z = np.array([-1000.0, -3.0, -0.4, 0.7, 5.0, 1000.0])
    h = 1e-6
    numeric = (network.activate(name, z + h) - network.activate(name, z - h)) / (2 * h)
    slope = network.slope(name, network.activate(name, z))
    assert np.isfinite(network.activate(name, z)).all()
    np.testing.assert_allclose(slope, numeric, atol=1e-6)


@settings(max_examples=40)
@given(st.integers(0, 10**6))
def test_gradient_against_finite_differences(seed):
    X, Y, weights, activations, name = drawn(seed)
    activations = [a if a != "relu" else "softplus" for a in activations]  # no kink to step over
    weights = [(W.astype(float), b.astype(float)) for W, b in weights]
    X = X.astype(float)
    values = network.forward(X, weights, activations)
    gradients = network.backward(values, Y, weights, activations, name)
    rng = np.random.default_rng(seed)
    along = [(rng.normal(size=W.shape), rng.normal(size=b.shape)) for W, b in weights]

    def cost(t: float) -> float:
        moved = [(W + t * U, b + t * u) for (W, b), (U, u) in zip(weights, along, strict=True)]
        return network.loss(name, network.forward(X, moved, activations)[-1], Y)

    slope = sum((dW * U).sum() + db @ u for (dW, db), (U, u) in zip(gradients, along, strict=True))
    assert slope == pytest.approx((cost(1e-5) - cost(-1e-5)) / 2e-5, rel=1e-4, abs=1e-6)


def test_unfused_pairs_give_the_chain_rule():
    rng = np.random.default_rng(3)
    weights = network.initialise([2, 4, 3], rng, dtype=float)
    X, Y = rng.normal(size=(6, 2)), np.eye(3)[[0, 1, 2, 0, 1, 2]]
    for activations, loss in ((["tanh", "softmax"], "mse"), (["tanh", "sigmoid"], "mse")):
        values = network.forward(X, weights, activations)
        dW = network.backward(values, Y, weights, activations, loss)[0][0]
        bent = [(W.copy(), b) for W, b in weights]
        bent[0][0][1, 2] += 1e-6
        up = network.loss(loss, network.forward(X, bent, activations)[-1], Y)
        bent[0][0][1, 2] -= 2e-6
        down = network.loss(loss, network.forward(X, bent, activations)[-1], Y)
        assert dW[1, 2] == pytest.approx((up - down) / 2e-6, rel=1e-5)


def test_train_learns_xor_and_leaves_its_inputs_alone():
    rng = np.random.default_rng(1)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float32)
    Y = np.array([[0], [1], [1], [0]], dtype=np.float32)
    weights = network.initialise([2, 8, 1], rng)
    before = [W.copy() for W, _ in weights]
    args = (X, Y, weights, ["tanh", "sigmoid"], 1.0, 600, "binary_crossentropy")
    trained, losses = network.train(*args)
    assert losses[0] > 0.5
    assert losses[-1] < 0.05
    assert all(np.array_equal(W, was) for (W, _), was in zip(weights, before, strict=True))
    one = network.train(*args, batch_size=4, rng=rng)[0]
    np.testing.assert_allclose(one[0][0], trained[0][0], rtol=1e-3, atol=1e-4)
    network.train(*args, batch_size=3, rng=rng)


def test_spread_of_initial_weights():
    rng = np.random.default_rng(0)
    for scheme, spread in (("xavier", (2 / 700) ** 0.5), ("he", (2 / 300) ** 0.5), ("normal", 1)):
        (W, b), _ = network.initialise([300, 400, 2], rng, scheme)
        assert W.dtype == np.float32
        assert W.std() == pytest.approx(spread, rel=0.02)
        assert not b.any()


def test_bad_input_says_what_was_given():
    weights = network.initialise([2, 3, 1], np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"layer 1: values \(5, 4\) do not fit W \(2, 3\)"):
        network.forward(np.ones((5, 4)), weights, ["tanh", "sigmoid"])
    with pytest.raises(ValueError, match="2 layers and 1 activations"):
        network.forward(np.ones((5, 2)), weights, ["tanh"])
    with pytest.raises(ValueError, match="no activation is called 'swish'"):
        network.activate("swish", np.zeros(2))
    with pytest.raises(ValueError, match=r"targets have shape \(5,\); the output has shape"):
        network.loss("mse", np.zeros((5, 1)), np.zeros(5))


NOTEBOOK = """
import numpy as np
from functools import partial
from course.models import network

def mlp_forward(X, weights, activations):
    return network.forward(X, weights, activations)

def by_way_of_a_library(z):
    return np.apply_along_axis(partial(network.activate, "relu"), 0, z)
"""


@pytest.mark.parametrize("name", ["__main__", "course.explore.regions", "reference_02_perceptron"])
def test_notebook_code_may_not_use_it(name):
    scope = {"__name__": name}
    exec(compile(NOTEBOOK, "/tmp/ipykernel_17/42.py", "exec"), scope)
    weights = network.initialise([2, 1], np.random.default_rng(0))
    with pytest.raises(ReferenceUsedError, match="course's own: write yours"):
        scope["mlp_forward"](np.ones((3, 2)), weights, ["sigmoid"])
    with pytest.raises(ReferenceUsedError, match=r"course\.models\.network\.activate"):
        scope["by_way_of_a_library"](np.ones((3, 2)))


def test_a_module_written_beside_the_notebook_may_not_use_it():
    beside = PROJECT / "course" / "notebooks" / "02_perceptron" / "mine.py"
    scope = {"__name__": "mine"}
    exec(compile(NOTEBOOK, str(beside), "exec"), scope)
    with pytest.raises(ReferenceUsedError):
        scope["by_way_of_a_library"](np.ones((3, 2)))
