"""Training in a notebook: a quiet Keras, few epochs while it is graded, and a sealed test set.

Importing this module imports neither Keras nor TensorFlow; it only turns their logs off.
"""

import functools
import importlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from course.grading_mode import shortened

# TensorFlow logs to the notebook page, which nbgrader takes for a failure.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

Pair = tuple[np.ndarray, np.ndarray]
"""Inputs X (m, n) and labels y (m,)."""


@functools.cache
def quiet_keras() -> Any:
    """Import Keras (five seconds) without TensorFlow's log, and make small networks train faster.

    Training gives the same results to the last bit. See `_build_optimizer_first` and
    `_without_autotuning`.
    """
    keras = importlib.import_module("keras")
    keras.Model.fit = _build_optimizer_first(keras.Model.fit)
    with suppress(ImportError, AttributeError):  # not a public interface of Keras
        adapter = importlib.import_module("keras.src.trainers.data_adapters.array_data_adapter")
        adapter.ArrayDataAdapter.get_tf_dataset = _without_autotuning(
            adapter.ArrayDataAdapter.get_tf_dataset
        )
    return keras


def _build_optimizer_first(fit: Callable[..., Any]) -> Callable[..., Any]:
    """Return `fit` with the optimiser's variables created before it starts.

    Keras would create them while it traces the first step, and therefore trace that step twice.
    """

    @functools.wraps(fit)
    def fit_when_built(self: Any, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True  # IPython shows Keras's own frames only
        optimizer = getattr(self, "optimizer", None)  # a model has none before it is compiled
        if self.built and optimizer and not optimizer.built and self.trainable_weights:
            optimizer.build(self.trainable_weights)
        return fit(self, *args, **kwargs)

    return fit_when_built


def _without_autotuning(dataset_of: Callable[..., Any]) -> Callable[..., Any]:
    """Return `dataset_of` without the thread that tunes how batches are read.

    The thread sleeps 20 ms, then 40, 80, …, and each epoch waits at its end until it wakes up.
    """

    @functools.wraps(dataset_of)
    def untuned(self: Any) -> Any:
        options = importlib.import_module("tensorflow").data.Options()
        options.autotune.enabled = False
        return dataset_of(self).with_options(options)

    return untuned


class SealedTestSet:
    """A pair (X, y) that has to be opened, and counts how often it was: ``X, y = sealed()``.

    Attributes
    ----------
    opened : int
        The number of times it was opened.

    Examples
    --------
    >>> sealed = SealedTestSet((np.zeros((2, 3)), np.zeros(2)))
    >>> sealed
    <sealed test set of 2 images, never opened>
    >>> X, y = sealed()
    >>> sealed
    <sealed test set of 2 images, opened 1 time(s)>
    """

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self.opened = 0

    def __call__(self) -> Pair:
        """Open it and return the pair."""
        self.opened += 1
        return self._pair

    def __repr__(self) -> str:
        times = "never opened" if not self.opened else f"opened {self.opened} time(s)"
        return f"<sealed test set of {len(self._pair[1]):,} images, {times}>"


def epochs(wanted: int) -> int:
    """Return `wanted`, or 1 while this notebook is graded, where the result does not count."""
    return shortened(wanted, 1)


def timed(name: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Return ``function(*args, **kwargs)`` and print ``name`` and the seconds it took."""
    start = time.perf_counter()
    result = function(*args, **kwargs)
    print(f"{name}: {time.perf_counter() - start:.1f} s")
    return result


def train_by_hand(
    data: Mapping[str, Pair],
    init_weights: Callable[..., Any],
    mlp_backward: Callable[..., Any],
    width: int = 64,
    alpha: float = 0.5,
    epochs: int = 2,
    batch_size: int = 128,
    seed: int = 4,
) -> Sequence[tuple[np.ndarray, np.ndarray]] | None:
    """Train the network of unit 03 on images, with the student's own functions.

    Parameters
    ----------
    data : mapping
        Pairs (X, y) under "train" and "validation".
    init_weights, mlp_backward : callable
        As defined in unit 03. If they are not written yet, this prints a sentence and returns
        None.
    width, alpha, epochs, batch_size, seed
        One hidden layer of `width` ReLUs, softmax at the end, plain mini-batch descent.
    """
    from sklearn.metrics import accuracy_score

    (X, y), (X_validation, y_validation) = data["train"], data["validation"]
    rng, targets = np.random.default_rng(seed), np.eye(10)
    kinds = ["relu", "softmax"]
    start = time.perf_counter()
    try:
        weights = init_weights([X.shape[1], width, 10], "he", rng)
        for _ in range(epochs):
            order = rng.permutation(len(y))
            for first in range(0, len(y), batch_size):
                rows = order[first : first + batch_size]
                gradients = mlp_backward(X[rows], targets[y[rows]], weights, kinds)
                weights = [
                    (W - alpha * dW, b - alpha * db)
                    for (W, b), (dW, db) in zip(weights, gradients, strict=True)
                ]
    except NotImplementedError:
        print("Paste init_weights and mlp_backward of your unit 03 above, then run this again.")
        return None
    seconds = time.perf_counter() - start
    (W1, b1), (W2, b2) = weights
    answers = (np.maximum(X_validation @ W1 + b1, 0) @ W2 + b2).argmax(axis=1)
    accuracy = accuracy_score(y_validation, answers)
    print(f"by hand: {accuracy:.3f} of the validation set right, {seconds:.1f} s")
    return weights
