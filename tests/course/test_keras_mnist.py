"""What unit 04 gives its reader: guards that speak, a sealed test set, short training."""

from __future__ import annotations

import importlib
import itertools

import numpy as np
import pytest

from autograder.authoring.reference import namespace
from autograder.selftest.mutation.slips import kept_between_calls
from course.checks import early_stopping
from course.models.keras_training import SealedTestSet, epochs, quiet_keras, timed, train_by_hand
from course.validation.images import as_counts, as_images, as_labels, as_sizes, require_share

GREY = np.zeros((2, 3, 3), np.uint8)


def test_good_images_come_as_copies() -> None:
    images, labels = GREY.copy(), np.array([3.0, 9.0])
    pixels, digits = as_images(images, labels)
    pixels[0] = 7
    assert not images.any()
    assert digits.tolist() == [3, 9]
    assert as_images(images.tolist(), [0, 1])[0].shape == (2, 3, 3)


@pytest.mark.parametrize(
    ("images", "labels", "reported"),
    [
        (GREY.reshape(2, 9), [0, 1], r"shape \(2, 9\); expected .*not flattened yet"),
        ([[[1, 2]], [[1]]], [0, 1], "all be of one size"),
        (GREY[:0], [], r"shape \(0, 3, 3\)"),
        (GREY, [0], r"\(2, 3, 3\) and labels has shape \(1,\)"),
        (GREY + 0.5, [0, 1], "from 0.5 to 0.5; expected whole grey levels, 0 to 255, not scaled"),
        (GREY - 1.0, [0, 1], "from -1 to -1"),
        (GREY + 256.0, [0, 1], "from 256 to 256"),
        (GREY * np.nan, [0, 1], "NaN or infinite"),
        (np.full((2, 3, 3), "a"), [0, 1], "expected numbers"),
        (GREY, [0, 10], "other than the digits 0 to 9"),
        (GREY, [0, np.nan], "other than the digits 0 to 9"),
        (GREY, [0, 0.5], "other than the digits 0 to 9"),
    ],
)
def test_images_of_wrong_shape_or_range_are_reported(
    images: object, labels: object, reported: str
) -> None:
    with pytest.raises(ValueError, match=reported):
        as_images(images, labels)


@pytest.mark.parametrize(
    ("n", "given", "reported"),
    [
        (0, {"y": [0]}, "n is 0; expected the number of classes"),
        (2, {"y": [[0]]}, r"y has shape \(1, 1\)"),
        (2, {"y": [0, 2]}, "y holds values other than the classes 0 to 1"),
        (2, {"y": [0, np.nan]}, "other than the classes"),
        (2, {"y": ["a"]}, "other than the classes"),
        (2, {"y_true": [0, 1], "y_pred": [0]}, r"y_true \(2,\), y_pred \(1,\)"),
    ],
)
def test_labels_that_are_no_classes_are_reported(n: int, given: dict, reported: str) -> None:
    with pytest.raises(ValueError, match=reported):
        as_labels(n, **given)


def test_yes_and_no_are_classes() -> None:
    (labels,) = as_labels(2, y=np.array([True, False]))
    assert labels.tolist() == [1, 0]


def test_sizes_shares_and_counts_are_looked_at() -> None:
    assert as_sizes((3.0, 1)) == [3, 1]
    assert as_counts([[1, 0], [2, 3]]).dtype == float
    require_share(least=0, dropout=0)
    for bad in (
        lambda: as_sizes([3]),
        lambda: as_sizes([3, 0]),
        lambda: as_sizes([3, 1.5]),
        lambda: require_share(fraction=0),
        lambda: require_share(fraction=1),
        lambda: require_share(fraction=np.nan),
        lambda: as_counts([[1, 2]]),
        lambda: as_counts([[1, -1], [0, 1]]),
    ):
        with pytest.raises(ValueError, match=r"expected|NaN"):
            bad()


def test_a_sealed_test_set_counts_how_often_it_is_opened() -> None:
    sealed = SealedTestSet((np.zeros((2, 3)), np.zeros(2)))
    assert "2 images, never opened" in repr(sealed)
    X, _ = sealed()
    assert X.shape == (2, 3)
    assert "opened 1 time" in repr(sealed)


def test_training_is_short_only_while_graded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    assert epochs(5) == 5
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert epochs(5) == 1


def test_work_is_timed_and_gives_what_it_gives(capsys: pytest.CaptureFixture[str]) -> None:
    assert timed("a sum", sum, [1, 2], start=3) == 6
    assert capsys.readouterr().out.startswith("a sum: 0.0 s")


def test_a_network_of_ones_own_trains(capsys: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(4)
    y = rng.integers(10, size=600)
    X = np.eye(10)[y] + 0.05 * rng.normal(size=(600, 10))
    data = {"train": (X[:500], y[:500]), "validation": (X[500:], y[500:])}

    def init_weights(sizes: list, scheme: str, rng: np.random.Generator) -> list:
        return [
            (rng.normal(0, (2 / a) ** 0.5, (a, b)), np.zeros(b))
            for a, b in itertools.pairwise(sizes)
        ]

    def mlp_backward(X: np.ndarray, Y: np.ndarray, weights: list, kinds: list) -> list:
        (W1, b1), (W2, b2) = weights
        A = np.maximum(X @ W1 + b1, 0)
        P = np.exp(A @ W2 + b2)
        delta = (P / P.sum(axis=1, keepdims=True) - Y) / len(X)
        inner = delta @ W2.T * (A > 0)
        return [(X.T @ inner, inner.sum(axis=0)), (A.T @ delta, delta.sum(axis=0))]

    train_by_hand(data, init_weights, mlp_backward, width=32, epochs=30, batch_size=50)
    assert "by hand: 1.000 of the validation set right" in capsys.readouterr().out


def test_stubs_are_reported_kindly(capsys: pytest.CaptureFixture[str]) -> None:
    def stub(*_: object) -> None:
        raise NotImplementedError

    pair = np.zeros((4, 3)), np.zeros(4, int)
    assert train_by_hand({"train": pair, "validation": pair}, stub, stub) is None
    assert "Paste init_weights and mlp_backward" in capsys.readouterr().out


def test_the_quiet_keras_traces_a_step_once_and_learns_the_same() -> None:
    """Compared with Keras's own `fit`, whose first step is traced twice."""
    keras, X = quiet_keras(), np.random.default_rng(8).normal(size=(40, 3))
    traced = []

    class Traced(keras.Sequential):
        def train_step(self, data):
            traced.append(1)
            return super().train_step(data)

    def trained(fit):
        traced.clear()
        keras.utils.set_random_seed(3)
        layers = keras.layers.Dense(4, activation="tanh"), keras.layers.Dense(1)
        model = Traced([keras.Input((3,)), *layers])
        model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
        fit(model, X, X[:, :1] ** 2, epochs=3, batch_size=8, verbose=0)
        return [weight.tolist() for weight in model.get_weights()], len(traced)

    ours, once = trained(keras.Model.fit)
    theirs, twice = trained(keras.Model.fit.__wrapped__)
    assert ours == theirs
    assert (once, twice) == (1, 2)


def test_the_quiet_keras_waits_for_no_tuning_and_learns_the_same() -> None:
    """Compared with Keras's own batches, at whose end a thread that sleeps is waited for."""
    keras, X = quiet_keras(), np.random.default_rng(8).normal(size=(40, 3))
    adapter = importlib.import_module("keras.src.trainers.data_adapters.array_data_adapter")
    calm = adapter.ArrayDataAdapter.get_tf_dataset

    def trained(dataset_of):
        keras.utils.set_random_seed(3)
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(adapter.ArrayDataAdapter, "get_tf_dataset", dataset_of)
            history = model.fit(X, X[:, :1], validation_data=(X, X[:, :1]), epochs=2, verbose=0)
            batches = adapter.ArrayDataAdapter(X, batch_size=8, shuffle=True).get_tf_dataset()
        return history.history, model.get_weights()[0].tolist(), batches.options().autotune.enabled

    *ours, tuned = trained(calm)
    *theirs, usual = trained(calm.__wrapped__)
    assert ours == theirs
    assert (tuned, usual) == (False, None)


def test_the_quiet_keras_trains_what_is_not_built_and_refuses_what_is_not_compiled() -> None:
    keras, X = quiet_keras(), np.ones((8, 3))
    fit = keras.Model.fit
    assert quiet_keras().Model.fit is fit  # not wrapped again
    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile(loss="mse")
    model.fit(X, X[:, 0], verbose=0)
    assert model.built
    with pytest.raises(ValueError, match="compile"):
        keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)]).fit(X, X[:, 0], verbose=0)


@pytest.mark.parametrize("ignored", ["epochs", "patience", "data", "model"])
def test_training_that_is_kept_from_call_to_call_is_noticed(ignored: str) -> None:
    train = namespace("04_keras_mnist")["train"]
    kept, task = kept_between_calls(ignored)(train), early_stopping.rising_and_falling(2)
    if ignored == "model":
        assert early_stopping.trains_each_model(train, task)
        assert not early_stopping.trains_each_model(kept, task)
    else:
        right = early_stopping.count_epochs_of_calls(train, task)
        assert early_stopping.count_epochs_of_calls(kept, task) != right == [5, 1, 2, 4]
