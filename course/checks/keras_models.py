"""What unit 04 asks of Keras models, from outside: plain reads, and NumPy on their weights."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from course.models.keras_training import quiet_keras

Pair = tuple[np.ndarray, np.ndarray]


def real(model: Any) -> Any:
    """Return `model` if its class is Keras's own: one of the student's may pretend anything.

    Raises
    ------
    TypeError
        If it is not.
    """
    if model is None:
        raise TypeError("the function gives nothing back: end it with `return model`")
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
    """Say where Dropout stands between the layers that have weights, and at which rate."""
    told = []
    for kind, layer in _kinds(model):
        if kind == "Dense":
            told.append("Dense")
        elif kind == "Dropout" and layer.rate > 0:
            told.append(f"Dropout {float(layer.rate):.3g}")
    return ", ".join(told)


def _word(item: Any) -> str:
    """Name a loss, metric or optimiser however it was given."""
    if isinstance(item, Mapping):
        config = item.get("config")
        item = config if isinstance(config, str) else item.get("class_name", "?")
    name = item if isinstance(item, str) else getattr(item, "__name__", type(item).__name__)
    return "".join("_" + c.lower() if c.isupper() else c for c in name).strip("_")


def judged_by(model: Any) -> str:
    """Say which loss and which metrics the model was compiled with."""
    config = model.get_compile_config() if getattr(model, "compiled", True) else None
    if not config or not config.get("loss"):
        return "it is not compiled"
    metrics = config.get("metrics") or []
    words = [_word(m) for m in (metrics if isinstance(metrics, list) else [metrics])]
    same = {"acc": "accuracy", "sparse_categorical_accuracy": "accuracy"}
    names = sorted(same.get(word, word) for word in words)
    return f"loss {_word(config['loss'])}, metrics {', '.join(names) or 'none'}"


def optimiser(model: Any) -> tuple[str, float]:
    """Return the optimiser's name and its learning rate."""
    config = model.optimizer.get_config()
    rate = config["learning_rate"]
    return _word(model.optimizer), float(f"{float(rate):.4g}") if not isinstance(
        rate, dict
    ) else -1.0


def behaviour(model: Any, x: np.ndarray) -> str:
    """Say which network of unit 02 with the model's weights gives what the model gives."""
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


def scale() -> Any:
    """Return the smallest model there is to train: two classes, two inputs, weights 0.

    Not compiled to a graph: for a handful of steps that takes longer than the steps.
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


def contradicting(rng: np.random.Generator) -> tuple[dict[str, Any], list[int]]:
    """Return training data that say one thing and validation data that say it less surely.

    The slope that is best for validation is passed after two epochs. The test set is sealed; the
    list returned beside the data grows when it is opened.
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

    def envelope() -> Pair:
        opened.append(1)
        return test

    return {"train": pair(24, 0, size), "validation": pair(16, 4, size), "test": envelope}, opened


def trained(answer: Any) -> tuple[Any, dict[str, list[float]]]:
    """Return the model and the history that `train` gave, or say what is wrong with them.

    Raises
    ------
    TypeError
        If they are not two things, the first a Keras model.
    ValueError
        If the second is no dictionary.
    """
    if answer is None:
        raise TypeError("the function gives nothing back: end it with `return model, history`")
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        raise TypeError(f"expected a model and a dictionary, but got {type(answer).__name__} alone")
    model, history = answer
    if not isinstance(history, Mapping):
        raise ValueError(f"the history is {type(history).__name__}; expected a dictionary of lists")
    return real(model), {str(k): [float(x) for x in v] for k, v in history.items()}


Done = tuple[Any, dict[str, list[float]]]


def epochs_run(done: Done) -> int:
    """Return how many epochs there were."""
    return len(done[1]["loss"])


def whose_weights(done: Done, validation: Pair) -> str:
    """Say which epoch the model's weights are from, by its loss on the validation set."""
    model, history = done
    now = _loss(model, validation)
    told = history.get("val_loss", [])
    if any(np.ravel(weight).any() for weight in model.get_weights()):
        if told and np.isclose(now, min(told), atol=1e-4):
            return "those of the best epoch"
        if told and np.isclose(now, told[-1], atol=1e-4):
            return "those of the last epoch"
        return "those of another epoch"
    return "those before training"


def watched(done: Done, data: Mapping[str, Any], opened: list[int]) -> str:
    """Say which sets gave the training loss and the validation loss."""
    history = done[1]
    if opened:
        return "the test set was opened"
    if "val_loss" not in history:
        return "nothing was validated"
    # Weights 0 cost ln 2; a loss of an epoch is taken before its step, that of validation after.
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
