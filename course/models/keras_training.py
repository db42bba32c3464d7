"""Training in a notebook: a quiet Keras, short while it is graded, and a sealed test set.

Importing this module imports neither Keras nor TensorFlow; it only keeps their logs off the page.
"""

import functools
import importlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from course.grading_mode import shorter

# TensorFlow writes its log to the page, and nbgrader takes that for a failure.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

Pair = tuple[np.ndarray, np.ndarray]
"""Inputs X (m, n) and labels y (m,)."""


@functools.cache
def quiet_keras() -> Any:
    """Import Keras now, five seconds of work, with TensorFlow's log kept off the page.

    From then on small networks train at once, and learn the same to the last bit. See
    `_traced_once` and `_not_tuned`.
    """
    keras = importlib.import_module("keras")
    keras.Model.fit = _traced_once(keras.Model.fit)
    with suppress(ImportError, AttributeError):  # it is not what Keras promises to keep
        adapter = importlib.import_module("keras.src.trainers.data_adapters.array_data_adapter")
        adapter.ArrayDataAdapter.get_tf_dataset = _not_tuned(
            adapter.ArrayDataAdapter.get_tf_dataset
        )
    return keras


def _traced_once(fit: Callable[..., Any]) -> Callable[..., Any]:
    """Let `fit` find an optimiser whose variables are made.

    Keras makes them while it traces the first step, and traces that step again because variables
    were made.
    """

    @functools.wraps(fit)
    def ready_fit(self: Any, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True  # of what goes wrong in Keras, IPython shows Keras's frames
        optimizer = getattr(self, "optimizer", None)  # there is none before it is compiled
        if self.built and optimizer and not optimizer.built and self.trainable_weights:
            optimizer.build(self.trainable_weights)
        return fit(self, *args, **kwargs)

    return ready_fit


def _not_tuned(dataset_of: Callable[..., Any]) -> Callable[..., Any]:
    """Let the batches come without the thread that tunes how they are read.

    It sleeps 20 ms, then 40, 80, …, and every epoch waits at its end until that thread wakes up.
    """

    @functools.wraps(dataset_of)
    def calm(self: Any) -> Any:
        options = importlib.import_module("tensorflow").data.Options()
        options.autotune.enabled = False
        return dataset_of(self).with_options(options)

    return calm


class Envelope:
    """A pair (X, y) that is handed out only to who opens it: ``X, y = envelope()``.

    Attributes
    ----------
    opened : int
        How often that was.
    """

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self.opened = 0

    def __call__(self) -> Pair:
        """Open the envelope."""
        self.opened += 1
        return self._pair

    def __repr__(self) -> str:
        times = "never opened" if not self.opened else f"opened {self.opened} time(s)"
        return f"<sealed test set of {len(self._pair[1]):,} images, {times}>"


def epochs(wanted: int) -> int:
    """Return `wanted`, or 1 while this notebook is graded: nobody looks at that training."""
    return shorter(wanted, 1)


def clock(what: str, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Return ``work(*args, **kwargs)`` and print how long it took."""
    start = time.perf_counter()
    result = work(*args, **kwargs)
    print(f"{what}: {time.perf_counter() - start:.1f} s")
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
        As unit 03 asks for them. Where they are not written yet a sentence says so, and None is
        returned.
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
                slopes = mlp_backward(X[rows], targets[y[rows]], weights, kinds)
                weights = [
                    (W - alpha * dW, b - alpha * db)
                    for (W, b), (dW, db) in zip(weights, slopes, strict=True)
                ]
    except NotImplementedError:
        print("Paste init_weights and mlp_backward of your unit 03 above, then run this again.")
        return None
    seconds = time.perf_counter() - start
    (W1, b1), (W2, b2) = weights
    given = (np.maximum(X_validation @ W1 + b1, 0) @ W2 + b2).argmax(axis=1)
    accuracy = accuracy_score(y_validation, given)
    print(f"by hand: {accuracy:.3f} of the validation set right, {seconds:.1f} s")
    return weights
