"""Keras models cross the wire by architecture and weights, and nothing else of them does."""
# ruff: noqa: E501  (a table of programs of one line)

import json
from collections.abc import Callable

import keras
import numpy as np
import pytest

from autograder.exam.examination import Examination
from autograder.exam.guest import models
from autograder.exam.guest.channel import ProtocolError
from autograder.exam.guest.values import Codec, Tag
from autograder.exam.limits import Limits
from tests.exam.conftest import errors, graded, locked, student


def refer(value: object) -> list:
    return [Tag.MINE, 1, "instance", type(value).__name__]


def resolve(tree: list) -> object:
    return tree


codec = Codec(refer, resolve)


def passed_on(value: object) -> object:
    return codec.decode(codec.encode(value))


@pytest.fixture(scope="module")
def network() -> object:
    layers = keras.layers
    model = keras.Sequential(
        [
            layers.Input((4,)),
            layers.Dense(3, activation="relu", kernel_regularizer="l2"),
            layers.Dropout(0.2),
            layers.BatchNormalization(),
            layers.Dense(1),
        ]
    )
    model.compile(keras.optimizers.SGD(0.25), "mse", metrics=["mae"])
    return model


def test_a_model_comes_back_with_its_weights_and_compilation(network: object) -> None:
    X = np.linspace(-1, 1, 20, dtype="f4").reshape(5, 4)
    other = passed_on(network)
    assert type(other) is keras.Sequential
    assert other is not network
    np.testing.assert_array_equal(other(X), network(X))
    assert float(other.optimizer.learning_rate) == 0.25
    assert other.loss == "mse"


def test_a_model_that_was_not_compiled_stays_so() -> None:
    bare = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(2)])
    assert not passed_on(bare).compiled


def test_a_functional_model_comes_back() -> None:
    given = keras.Input((6, 6, 1))
    x = keras.layers.Conv2D(2, 3)(given)
    y = keras.layers.Dense(2, activation="softmax")(keras.layers.Flatten()(x))
    network = keras.Model(given, y)
    X = np.ones((2, 6, 6, 1), "f4")
    np.testing.assert_array_equal(passed_on(network)(X), network(X))


def test_a_history_comes_as_numbers(network: object) -> None:
    copy = keras.models.clone_model(network)
    copy.compile("sgd", "mse")
    history = copy.fit(np.ones((8, 4)), np.ones((8, 1)), epochs=2, verbose=0)
    other = passed_on(history)
    assert type(other) is models.History
    assert other.history == history.history
    assert other.epoch == [0, 1]


def test_tensors_come_as_arrays(network: object) -> None:
    outcome = passed_on([network(np.ones((1, 4))), network.weights[0]])
    assert [type(item) for item in outcome] == [np.ndarray, np.ndarray]


def test_models_of_other_layers_stay_where_they_are() -> None:
    class Own(keras.Model):
        pass

    odd = keras.Sequential([keras.layers.Input((2,)), keras.layers.Lambda(lambda x: x)])
    assert passed_on(Own())[0] == Tag.MINE
    assert passed_on(odd)[0] == Tag.MINE


def _compiled(**options: object) -> object:
    model = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(1)])
    model.compile(**{"optimizer": "adam", "loss": "mse", **options})
    return model


@pytest.mark.parametrize(
    "model",
    [
        lambda: keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(1, lambda z: z)]),
        lambda: keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(1, kernel_initializer=lambda s, dtype: keras.ops.ones(s, dtype))]),
        lambda: _compiled(loss=lambda y, p: keras.ops.mean(y - p)),
        lambda: _compiled(loss=keras.losses.mean_squared_error),
        lambda: _compiled(metrics=[lambda y, p: keras.ops.mean(y - p)]),
    ],
)  # fmt: skip
def test_models_with_functions_in_them_stay_where_they_are(model: Callable[[], object]) -> None:
    """Rebuilt, they would be others, or not compiled, or the examiner could not rebuild them."""
    assert passed_on(model())[0] == Tag.MINE


def test_a_rate_that_was_changed_after_compiling_comes_along() -> None:
    model = _compiled()
    model.optimizer.learning_rate = 0.25
    assert float(passed_on(model).optimizer.learning_rate) == 0.25


def _changed(network: object, change: object) -> bytearray:
    architecture, compiled, weights = models.to_parts(network)
    config = json.loads(architecture)
    change(config["config"]["layers"])
    tree = [json.dumps(config), compiled, weights]

    class Forged(Codec):
        pass

    forged = Forged(lambda _: [Tag.MODEL, [Tag.LIST, tree[0], tree[1], [Tag.LIST]]], resolve)
    return forged.encode(object())


@pytest.mark.parametrize(
    "change",
    [
        lambda layers: layers[1]["config"].update(units=10**12),
        lambda layers: layers.append({"module": "keras.layers", "class_name": "Lambda", "config": {}}),
        lambda layers: layers.append({"module": "os", "class_name": "system", "config": {}}),
        lambda layers: layers[1].update(registered_name="os>system"),
        lambda layers: layers.append({"module": "keras.layers", "class_name": "TFSMLayer", "config": {"filepath": "/"}}),
        lambda layers: layers.append({"module": "builtins", "class_name": "function", "config": "eval"}),
        lambda layers: layers.append({"class_name": "__lambda__", "config": {"value": "x"}}),
    ],
)  # fmt: skip
def test_forged_models_are_refused(network: object, change: object) -> None:
    payload = _changed(network, change)
    with pytest.raises(ProtocolError):
        codec.decode(payload)


def test_a_model_of_the_students_own_is_called_where_it_is(run: Callable[..., Examination]) -> None:
    """The test sets its weights, calls it, trains it and evaluates it, and gets numbers."""
    cells = run(
        locked("import keras\nimport numpy as np"),
        student(
            "class Own(keras.Model):\n"
            "    def __init__(self):\n"
            "        super().__init__()\n"
            "        self.dense = keras.layers.Dense(1, activation=lambda z: 2 * z)\n"
            "    def call(self, x):\n"
            "        return self.dense(x)\n"
            "model = Own()\n"
            "model(np.zeros((1, 2)))\n"
            "model.compile('sgd', lambda y, p: keras.ops.mean((y - p) ** 2))"
        ),
        graded("assert isinstance(model, keras.Model) and not isinstance(model, keras.Sequential)"),
        graded(
            "model.set_weights([np.array([[2.0], [3.0]]), np.array([0.5])])\n"
            "assert float(model(np.array([[1.0, 10.0]]), training=False)[0, 0]) == 65"
        ),
        graded(
            "model.run_eagerly = True\n"
            "results = model.test_on_batch(np.zeros((4, 2)), np.zeros(4), return_dict=True)\n"
            "assert results == {'loss': 1.0}"
        ),
        student("assert model.get_weights()[1][0] == 0.5"),
        graded("assert isinstance(model.dense, keras.Model), 'a layer is no model'"),
        limits=Limits(cell_wall=200, call_wall=200),  # TensorFlow is imported twice
    ).notebook.cells
    assert [errors(cell) for cell in cells[:-1]] == [[]] * 6
    assert errors(cells[-1]) == ["AssertionError: a layer is no model"]


def test_a_model_crosses_two_processes(run: Callable[..., Examination]) -> None:
    """The test trains nothing; it takes the student's model and puts numbers through it."""
    model = student(
        "model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])\n"
        "model.layers[0].set_weights([np.array([[2.0], [3.0]]), np.array([0.5])])\n"
        "model.compile('sgd', 'mse')\n"
        "history = model.fit(np.zeros((4, 2)), np.full((4, 1), 0.5), epochs=2, verbose=0)"
    )
    seeded = (
        "from tensorflow.python.eager import context\n"
        "assert (context.global_seed(), context.context()._context_handle) == (0, None)"
    )
    cells = run(
        locked("import keras\nimport numpy as np"),
        student(seeded + ", 'seeded, and nothing has run'\nkeras.utils.set_random_seed(7)"),
        graded(seeded),
        student("assert context.global_seed() == 7, 'the own seed stays'"),
        model,
        graded("assert isinstance(model, keras.Sequential) and model.count_params() == 3"),
        graded("assert float(model(np.array([[1.0, 10.0]]))[0, 0]) == 32.5"),
        graded("assert history.history['loss'] == [0, 0]"),
        graded("model.layers[0].set_weights([np.zeros((2, 1)), np.zeros(1)])\nassert True"),
        student("assert model.get_weights()[0][0, 0] == 2"),
        graded("assert model.count_params() == 4, 'the model has 3 weights'"),
        limits=Limits(cell_cpu=200, call_cpu=200),  # TensorFlow is imported twice
    ).notebook.cells
    assert [errors(cell) for cell in cells[:-1]] == [[]] * 10
    assert errors(cells[-1]) == ["AssertionError: the model has 3 weights"]
