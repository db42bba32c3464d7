"""Properties of Keras models that unit 04 checks, computed with NumPy from their weights."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from course.models.keras_training import quiet_keras

Pair = tuple[np.ndarray, np.ndarray]


def require_keras_model(model: Any) -> Any:
    """Return `model` if its class is Keras's own; a student's class could fake any property.

    Raises
    ------
    TypeError
        If it is not.
    """
    if model is None:
        raise TypeError("your function returns None: is `return model` missing?")
    own = type(model).__module__.split(".")[0] != "keras"
    if own or not isinstance(model, quiet_keras().Model):
        raise TypeError(f"this is {type(model).__name__}, not a Keras model")
    return model


def shapes(model: Any) -> tuple[tuple[int, ...], ...]:
    """Return the shapes of all weights, in order."""
    return tuple(tuple(map(int, weight.shape)) for weight in model.get_weights())


def _kinds(model: Any) -> list[tuple[str, Any]]:
    return [(type(layer).__name__, layer) for layer in model.layers]


def dropouts(model: Any) -> str:
    """List the dense layers and the Dropout layers between them, with their rates."""
    layers = []
    for kind, layer in _kinds(model):
        if kind == "Dense":
            layers.append("Dense")
        elif kind == "Dropout" and layer.rate > 0:
            layers.append(f"Dropout {float(layer.rate):.3g}")
    return ", ".join(layers)


def _name(item: Any) -> str:
    """Return the name of a loss, metric or optimiser given as a string, object or config."""
    if isinstance(item, Mapping):
        config = item.get("config")
        item = config if isinstance(config, str) else item.get("class_name", "?")
    name = item if isinstance(item, str) else getattr(item, "__name__", type(item).__name__)
    return "".join("_" + c.lower() if c.isupper() else c for c in name).strip("_")


def compiled_with(model: Any) -> str:
    """Describe the loss and the metrics the model was compiled with."""
    config = model.get_compile_config() if getattr(model, "compiled", True) else None
    if not config or not config.get("loss"):
        return "it is not compiled"
    metrics = config.get("metrics") or []
    names = [_name(m) for m in (metrics if isinstance(metrics, list) else [metrics])]
    same = {"acc": "accuracy", "sparse_categorical_accuracy": "accuracy"}
    names = sorted(same.get(name, name) for name in names)
    return f"loss {_name(config['loss'])}, metrics {', '.join(names) or 'none'}"


def optimiser(model: Any) -> tuple[str, float]:
    """Return the optimiser's name and its learning rate."""
    config = model.optimizer.get_config()
    rate = config["learning_rate"]
    return _name(model.optimizer), float(f"{float(rate):.4g}") if not isinstance(
        rate, dict
    ) else -1.0


def equivalent_network(model: Any, x: np.ndarray) -> str:
    """Describe the network of unit 02 that has the model's weights and gives the same output."""
    x = np.asarray(x, dtype=np.float32)
    given = np.asarray(model(x, training=False))
    weights = [np.asarray(weight) for weight in model.get_weights()]
    layers = list(zip(weights[::2], weights[1::2], strict=False))
    for hidden in HIDDEN:
        for last in LAST:
            value = x
            try:
                for W, b in layers[:-1]:
                    value = HIDDEN[hidden](value @ W + b)
                value = LAST[last](value @ layers[-1][0] + layers[-1][1])
            except (ValueError, IndexError):
                return "something else"
            if value.shape == given.shape and np.allclose(value, given, atol=1e-4):
                return f"{hidden} in hidden layers, {last} at the end" if layers[1:] else last
    return "something else"


def softmax(z: np.ndarray) -> np.ndarray:
    """Return the softmax of each row."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


HIDDEN: dict[str, Callable] = {
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": _sigmoid,
    "tanh": np.tanh,
    "no activation": lambda z: z,
}
LAST: dict[str, Callable] = {
    "softmax": softmax,
    "no activation": lambda z: z,
    "sigmoid": _sigmoid,
    "relu": lambda z: np.maximum(z, 0),
}


# ---- training --------------------------------------------------------------------------------


def smallest_model() -> Any:
    """Return the smallest trainable model: two classes, two inputs, weights 0.

    It runs eagerly: compiling a graph takes longer than the few steps of a check.
    """
    k = quiet_keras()
    dense = k.layers.Dense(2, activation="softmax", kernel_initializer="zeros")
    model = k.Sequential([k.Input((2,)), dense])
    model.compile(
        optimizer=k.optimizers.SGD(0.6),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        run_eagerly=True,
    )
    return model


def conflicting_data(rng: np.random.Generator) -> tuple[dict[str, Any], list[int]]:
    """Return training data, and validation data with some labels flipped.

    Training passes the best slope for validation after two epochs. The test set has to be opened;
    each time an entry is added to the list that is returned with the data.
    """
    opened: list[int] = []

    def pair(m: int, flipped: int, size: float) -> Pair:
        sign = np.where(np.arange(m) % 2, 1.0, -1.0)
        y = (sign > 0).astype(int)
        y[:flipped] = 1 - y[:flipped]
        order = rng.permutation(m)
        X = np.column_stack([size * sign * rng.uniform(0.8, 1.2, size=m), np.zeros(m)])
        return X[order].astype(np.float32), y[order]

    size = float(rng.uniform(0.97, 1.03))
    test = pair(16, 6, size)

    def open_test_set() -> Pair:
        opened.append(1)
        return test

    return {
        "train": pair(24, 0, size),
        "validation": pair(16, 4, size),
        "test": open_test_set,
    }, opened


def require_trained(answer: Any) -> tuple[Any, dict[str, list[float]]]:
    """Return the model and the history that `train` returned.

    Raises
    ------
    TypeError
        If the answer is not a pair, or the first of it is not a Keras model.
    ValueError
        If the second is not a dictionary.
    """
    if answer is None:
        raise TypeError("your function returns None: is `return model, history` missing?")
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        raise TypeError(f"expected a model and a dictionary, but got {type(answer).__name__} alone")
    model, history = answer
    if not isinstance(history, Mapping):
        raise ValueError(f"the history is {type(history).__name__}; expected a dictionary of lists")
    return require_keras_model(model), {str(k): [float(x) for x in v] for k, v in history.items()}


TrainingResult = tuple[Any, dict[str, list[float]]]


def count_epochs(done: TrainingResult) -> int:
    """Return the number of epochs."""
    return len(done[1]["loss"])


def epoch_of_weights(done: TrainingResult, validation: Pair) -> str:
    """Describe the epoch of the model's weights, found by their loss on the validation set."""
    model, history = done
    now = _loss(model, validation)
    losses = history.get("val_loss", [])
    if any(np.ravel(weight).any() for weight in model.get_weights()):
        if losses and np.isclose(now, min(losses), atol=1e-4):
            return "those of the best epoch"
        if losses and np.isclose(now, losses[-1], atol=1e-4):
            return "those of the last epoch"
        return "those of another epoch"
    return "those before training"


def data_of_losses(done: TrainingResult, data: Mapping[str, Any], opened: list[int]) -> str:
    """Describe the data sets of the training loss and of the validation loss."""
    history = done[1]
    if opened:
        return "the test set was opened"
    if "val_loss" not in history:
        return "nothing was validated"
    # The training loss of an epoch is computed before its step, the validation loss after it.
    on = "the training set"
    X, y = data["train"]
    d = _slope_after_one(X, y)
    if len(history["loss"]) > 1 and not np.isclose(history["loss"][1], _cost(d, X, y), atol=3e-5):
        on = "another set"
    names = [
        name
        for name in ("validation", "train")
        if np.isclose(history["val_loss"][0], _cost(d, *data[name]), atol=3e-5)
    ]
    return f"trained on {on}, judged on {names[0] if names else 'another set'}"


def _slope_after_one(X: np.ndarray, y: np.ndarray) -> float:
    """Return the difference of the two classes' weights after one step from 0."""
    return float(2 * 0.6 * np.mean((y - 0.5) * X[:, 0]))


def _cost(slope: float, X: np.ndarray, y: np.ndarray) -> float:
    margin = np.where(y == 1, 1, -1) * slope * X[:, 0]
    return float(np.mean(np.log1p(np.exp(-margin))))


def _loss(model: Any, pair: Pair) -> float:
    X, y = pair
    W, b = (np.asarray(weight, dtype=float) for weight in model.get_weights())
    return float(-np.mean(np.log(softmax(X @ W + b)[np.arange(len(y)), y])))
