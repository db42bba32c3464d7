"""Unit 04: images, their networks, and what those are judged by."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from course.models.keras_training import Pair, quiet_keras
from course.models.own.stand_in import stand_in


@stand_in
def prepare(
    images: np.ndarray, labels: np.ndarray, rng: np.random.Generator, fraction: float = 0.1
) -> dict[str, Pair]:
    """Return scaled rows with their labels, under "train" and "validation"."""
    from sklearn.model_selection import train_test_split

    rows = np.divide(images, 255, dtype=np.float32).reshape(len(labels), -1)
    parts = train_test_split(
        rows,
        np.asarray(labels, dtype=int),
        test_size=fraction,
        stratify=labels,
        random_state=int(rng.integers(2**31)),
    )
    return {"train": (parts[0], parts[2]), "validation": (parts[1], parts[3])}


@stand_in
def count_parameters(sizes: Sequence[int]) -> int:
    """Return the number of weights and biases."""
    units = np.asarray(sizes)
    return int(units[:-1] @ units[1:] + units[1:].sum())


@stand_in
def build_model(
    depth: int, width: int, dropout: float, learning_rate: float, n_inputs: int = 784
) -> Any:
    """Return a compiled Keras network."""
    keras = quiet_keras()
    model = keras.Sequential([keras.Input((n_inputs,))])
    for _ in range(depth):
        model.add(keras.layers.Dense(width, "relu"))
        model.add(keras.layers.Dropout(dropout))
    model.add(keras.layers.Dense(10, "softmax"))
    adam = keras.optimizers.Adam(learning_rate)
    model.compile(adam, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


@stand_in
def train(model: Any, data: Mapping[str, Any], epochs: int, patience: int) -> tuple[Any, dict]:
    """Return the model with its best weights, and the history."""
    (X, y), judge = data["train"], data["validation"]
    best = quiet_keras().callbacks.EarlyStopping(patience=patience, restore_best_weights=True)
    options = {"batch_size": 128, "epochs": epochs, "verbose": 0}
    run = model.fit(X, y, validation_data=judge, callbacks=[best], **options)
    return model, run.history


@stand_in
def confusion_matrix(y_true: np.ndarray, y_pred: np.ndarray, n: int) -> np.ndarray:
    """Return the counts (n, n), rows the truth."""
    places = n * np.asarray(y_true, dtype=int) + np.asarray(y_pred, dtype=int)
    return np.bincount(places, minlength=n * n).reshape(n, n)


@stand_in
def per_class_accuracy(matrix: np.ndarray) -> np.ndarray:
    """Return the share of each class that is right, NaN without a sample."""
    counts = np.asarray(matrix, dtype=float)
    with np.errstate(invalid="ignore"):
        return counts.diagonal() / counts.sum(axis=1)


@stand_in
def search(
    grid: Mapping[str, Sequence[Any]], data: Mapping[str, Any], fit: Callable[..., float]
) -> tuple[dict[str, Any], list[tuple[dict[str, Any], float]]]:
    """Return the best settings, and all that was tried with its accuracy."""
    from sklearn.model_selection import ParameterGrid

    tried = [
        (settings, fit(settings, data["train"], data["validation"]))
        for settings in ParameterGrid(dict(grid))
    ]
    return dict(max(tried, key=lambda pair: pair[1])[0]), tried
