"""One training run of a dense Keras network in a thread, which can be observed and stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from course.models.keras_training import quiet_keras

Pair = tuple[np.ndarray, np.ndarray]
BATCH = 128
GROUP = 8
"""A training loss is the mean over this many batches at least: one alone is mostly noise."""
EVERY = 0.2
"""Seconds between two updates: more frequent ones would slow training down."""


def dense_network(
    depth: int, width: int, dropout: float, learning_rate: float, n_inputs: int
) -> Any:
    """Return a dense Keras network for ten classes, compiled.

    Keras is imported here, in the training thread, so that the page stays responsive.
    """
    keras = quiet_keras()
    layers = [keras.Input((n_inputs,))]
    for _ in range(depth):
        layers.append(keras.layers.Dense(width, activation="relu"))
        if dropout:
            layers.append(keras.layers.Dropout(dropout))
    model = keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


class Run:
    """A training run that ends by itself or by `stop`, and keeps the best weights.

    Parameters
    ----------
    settings
        depth, width, dropout, learning_rate.
    train, validation
        Pairs (X, y).
    epochs
        The maximal number of epochs.
    seen
        Called in the run's thread after each recorded value, and at the end.

    Attributes
    ----------
    times, losses
        The mean training loss over each group of batches, and the middle of the group in epochs.
    accuracies, validation_losses
        After each epoch.
    best : int
        The epoch with the lowest validation loss, counted from 1; 0 before the first.
    model
        The Keras model; at the end, with the weights of the best epoch.
    error : str
        What went wrong, if something did.
    """

    def __init__(
        self,
        settings: dict[str, Any],
        train: Pair,
        validation: Pair,
        epochs: int,
        on_progress: Callable[[], None],
    ) -> None:
        self.settings, self.epochs = settings, epochs
        self._train, self._validation, self._on_progress = train, validation, on_progress
        self.times: list[float] = []
        self.losses: list[float] = []
        self.validation_losses: list[float] = []
        self.accuracies: list[float] = []
        self.best, self.error = 0, ""
        self.model: Any = None
        self._weights: Any = None
        self._stop, self._finished = threading.Event(), threading.Event()
        self._done, self._since = 0.0, 0.0
        self.thread = threading.Thread(target=self._train_model, name="training", daemon=True)

    def start(self) -> None:
        """Start training."""
        self.thread.start()

    def stop(self) -> None:
        """Stop after the current batch; the best weights are restored."""
        self._stop.set()

    @property
    def running(self) -> bool:
        """Whether training continues, or the best weights are not restored yet."""
        return self.thread.is_alive() and not self._finished.is_set()

    @property
    def progress(self) -> str:
        """How far it is, in words."""
        if not self._done:
            return "Keras is being imported …"
        epoch = min(int(self._done) + 1, self.epochs)
        left = (time.monotonic() - self._since) * (self.epochs / self._done - 1)
        wait = f"{left / 60:.0f} minutes" if left > 90 else f"{left:.0f} seconds"
        return f"epoch {epoch} of {self.epochs}, about {wait} to go."

    def _train_model(self) -> None:
        try:
            n_inputs = self._train[0].shape[1]
            self.model = dense_network(n_inputs=n_inputs, **self.settings)
            steps = -(-len(self._train[1]) // BATCH)
            self._since = time.monotonic()
            self.model.fit(
                *self._train,
                batch_size=BATCH,
                epochs=self.epochs,
                validation_data=self._validation,
                verbose=0,
                callbacks=[self._callback(steps)],
            )
            if self._weights is not None:
                self.model.set_weights(self._weights)
        except Exception as wrong:  # shown on the page: a thread has no caller to raise to
            self.error = f"{type(wrong).__name__}: {wrong}"
        finally:
            self._finished.set()
            self._on_progress()

    def _callback(self, steps: int) -> Any:
        keras = quiet_keras()

        run, samples = self, len(self._train[1])
        groups = max(1, steps // GROUP)
        ends = np.linspace(0, steps, groups + 1).round().astype(int).tolist()
        shown = 0.0
        # Keras tells the mean over the epoch so far, which leaps where an epoch begins.
        batches, rows, total = 0, 0, 0.0

        class ProgressCallback(keras.callbacks.Callback):  # type: ignore[name-defined]
            """Records progress, and stops training on request."""

            def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
                nonlocal batches, rows, total
                batches, rows, total = 0, 0, 0.0

            def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
                nonlocal shown, batches, rows, total
                epoch = len(run.validation_losses)
                run._done = epoch + (batch + 1) / steps
                if run._stop.is_set():
                    self.model.stop_training = True
                if batch + 1 in ends:
                    rows_now = min((batch + 1) * BATCH, samples)
                    total_now = float(logs["loss"]) * rows_now
                    run.times.append(epoch + (batches + batch + 1) / 2 / steps)
                    run.losses.append((total_now - total) / (rows_now - rows))
                    batches, rows, total = batch + 1, rows_now, total_now
                now = time.monotonic()
                if now - shown > EVERY:
                    shown = now
                    run._on_progress()

            def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
                if "val_loss" not in (logs or {}):
                    return
                loss = float(logs["val_loss"])
                if loss < min(run.validation_losses, default=float("inf")):
                    run.best, run._weights = epoch + 1, self.model.get_weights()
                run.validation_losses.append(loss)
                run.accuracies.append(float(logs["val_accuracy"]))
                run._on_progress()

        return ProgressCallback()
