"""What unit 04 observes of Keras models: what they do, whatever they are made of."""

import numpy as np
import pytest

from course.checks import early_stopping, keras_models, search_trials
from course.checks.check import call_once
from course.checks.observation import NothingReturnedError, returned
from course.models.keras_training import quiet_keras


def _dense(*layers: object, optimizer: object = "adam", loss: object = None) -> object:
    keras = quiet_keras()
    model = keras.Sequential([keras.Input((6,)), *layers, keras.layers.Dense(10, "softmax")])
    model.compile(optimizer, loss or "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def test_dropout_is_found_where_it_is_and_how_strong() -> None:
    layers = quiet_keras().layers
    model = _dense(
        layers.Dropout(0.5), layers.Dense(5, "relu"), layers.Dense(5, "relu"), layers.Dropout(0.2)
    )
    assert keras_models.dropouts(model, 6) == "Dropout 0.5, Dense, Dense, Dropout 0.2, Dense"


def test_values_that_are_dropped_without_making_up_for_it_are_no_dropout() -> None:
    keras = quiet_keras()

    class Hole(keras.layers.Layer):
        def call(self, x: object, training: bool = False) -> object:
            kept = keras.ops.cast(keras.random.uniform(keras.ops.shape(x)) < 0.7, "float32")
            return x * kept if training else x

    model = _dense(keras.layers.Dense(5, "relu"), Hole())
    assert "neither" in keras_models.dropouts(model, 6)


@pytest.mark.parametrize(
    ("optimizer", "found"),
    [
        (lambda k: k.optimizers.Adam(0.02), ("adam", 0.02)),
        (lambda k: k.optimizers.Adam(lambda: 0.02), ("adam", 0.02)),
        (lambda k: k.optimizers.SGD(0.3), ("plain descent", 0.3)),
        (lambda k: k.optimizers.RMSprop(0.02), ("another", -1.0)),
        (lambda k: k.optimizers.Adamax(0.02), ("another", -1.0)),
        (lambda k: k.optimizers.Nadam(0.02), ("another", -1.0)),
        (lambda k: k.optimizers.AdamW(0.02, weight_decay=0.1), ("another", -1.0)),
    ],
)
def test_the_optimiser_is_known_by_its_steps(optimizer: object, found: tuple) -> None:
    keras = quiet_keras()
    model = _dense(
        keras.layers.Dense(5, "relu"), keras.layers.Dropout(0.4), optimizer=optimizer(keras)
    )
    assert keras_models.optimiser(model, 6) == found


def test_activations_that_are_nearly_relu_are_others() -> None:
    layers, rng = quiet_keras().layers, np.random.default_rng(1)
    for name in ("leaky_relu", "elu", "gelu", "relu6", "silu"):
        model = _dense(layers.Dense(5, name))
        assert keras_models.equivalent_network(model, 6, rng) == "something else", name


def test_a_class_that_is_no_model_is_none() -> None:
    with pytest.raises(TypeError, match="this is dict, not a Keras model"):
        keras_models.require_keras_model({})


def test_the_validation_losses_of_the_task_fall_rise_and_fall_again() -> None:
    task, model = early_stopping.rising_and_falling(3), early_stopping.one_weight_model()
    run = model.fit(*task.data["train"], 128, 7, verbose=0, validation_data=task.data["validation"])
    losses = run.history["val_loss"]
    assert losses[1] > losses[0] > losses[2]
    assert min(losses[3:]) > losses[2]


@pytest.mark.parametrize("batch_size", [32, 64, 127, 128, 129, 256])
def test_the_size_of_a_batch_shows_in_one_of_the_tasks(batch_size: int) -> None:
    found = []
    for task in (early_stopping.rising_and_falling(2), early_stopping.ended_before_patience(2)):
        model = early_stopping.one_weight_model()
        pairs = task.data
        run = model.fit(
            *pairs["train"], batch_size, 1, verbose=0, validation_data=pairs["validation"]
        )
        found.append(early_stopping.data_of_losses((model, run.history), task))
    right = [f"trained in batches, {steps} an epoch, and judged on validation" for steps in (1, 2)]
    assert (found == right) == (batch_size == 128)


def test_equal_scores_are_all_kept() -> None:
    grid, rng = {"a": [1, 2, 3], "b": [4, 5]}, np.random.default_rng(0)
    scores = search_trials.draw_equal_scores(grid, rng)["validation"]
    assert len(set(scores.values())) == 2
    results = [(dict(settings), score) for settings, score in scores.items()]
    assert search_trials.scores_in_order(results, grid) == tuple(scores.values())
    assert search_trials.scores_in_order(results[:-1], grid)[-1] == -1
    assert search_trials.scores_in_order(results + results[:1], grid) == (7.0,)


def test_a_missing_return_is_named() -> None:
    def build() -> None:
        return None

    with pytest.raises(NothingReturnedError, match="build returns None: is `return it` missing"):
        returned(build, "return it")()


def test_what_is_called_once_ends_the_same_way_every_time() -> None:
    calls = []

    def fail() -> None:
        calls.append(1)
        raise KeyError("x")

    once = call_once(fail)
    for _ in range(2):
        with pytest.raises(KeyError):
            once()
    assert calls == [1]
