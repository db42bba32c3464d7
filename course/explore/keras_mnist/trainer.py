"""One training run of a dense Keras network in a thread of its own, to be watched and stopped."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from tqdm import tqdm

from course.models.keras_training import quiet_keras

Pair = tuple[np.ndarray, np.ndarray]
BATCH = 128
EVERY = 0.2
"""Seconds between two pictures: more often, drawing would slow the training down."""


def network(depth: int, width: int, dropout: float, learning_rate: float, n_inputs: int) -> Any:
    """Return a dense Keras network for ten classes, compiled.

    Keras is imported here, in whatever thread this runs: the page stays alive meanwhile.
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
    """A training run: started by `start`, ended by itself or by `stop`; keeps the best weights.

    Parameters
    ----------
    settings
        depth, width, dropout, learning_rate.
    train, validation
        Pairs (X, y).
    epochs
        The largest number.
    seen
        Called, in the run's thread, whenever there is something new to see, and at the end.

    Attributes
    ----------
    losses, epochs_done, accuracies, validation_losses
        What was recorded: a training loss now and then, the rest once an epoch.
    best : int
        The epoch with the lowest validation loss, counted from 1; 0 before the first.
    model
        The Keras model; once ended, with the weights of the best epoch.
    error : str
        What went wrong, if something did.
    """

    def __init__(
        self,
        settings: dict[str, Any],
        train: Pair,
        validation: Pair,
        epochs: int,
        seen: Callable[[], None],
    ) -> None:
        self.settings, self.epochs = settings, epochs
        self._train, self._validation, self._seen = train, validation, seen
        self.times: list[float] = []
        self.losses: list[float] = []
        self.validation_losses: list[float] = []
        self.accuracies: list[float] = []
        self.best, self.model, self.error = 0, None, ""
        self._weights: Any = None
        self._stop, self._over = threading.Event(), threading.Event()
        self._bar: Any = None
        self.thread = threading.Thread(target=self._work, name="training", daemon=True)

    def start(self) -> None:
        """Begin."""
        self.thread.start()

    def stop(self) -> None:
        """End after the present batch; the best weights are put back."""
        self._stop.set()

    @property
    def running(self) -> bool:
        """Whether it still goes on, or the best weights are not back yet."""
        return self.thread.is_alive() and not self._over.is_set()

    @property
    def bar(self) -> str:
        """The progress bar, as text."""
        return str(self._bar) if self._bar is not None else "Keras is being imported …"

    def _work(self) -> None:
        try:
            n_inputs = self._train[0].shape[1]
            self.model = network(n_inputs=n_inputs, **self.settings)
            steps = -(-len(self._train[1]) // BATCH)
            self._bar = tqdm(
                total=self.epochs * steps, unit="batch", file=io.StringIO(), ncols=60, miniters=1
            )
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
            self._over.set()
            if self._bar is not None:
                self._bar.close()
            self._seen()

    def _callback(self, steps: int) -> Any:
        keras = quiet_keras()

        run = self
        shown = 0.0

        class Watch(keras.callbacks.Callback):
            """Note what there is to see; look whether it is time to end."""

            def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
                nonlocal shown
                run._bar.update(1)
                if run._stop.is_set():
                    self.model.stop_training = True
                now = time.monotonic()
                if now - shown > EVERY or batch == steps - 1:
                    shown = now
                    run.times.append(len(run.validation_losses) + (batch + 1) / steps)
                    run.losses.append(float(logs["loss"]))
                    run._seen()

            def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
                if "val_loss" not in (logs or {}):
                    return
                loss = float(logs["val_loss"])
                if loss < min(run.validation_losses, default=float("inf")):
                    run.best, run._weights = epoch + 1, self.model.get_weights()
                run.validation_losses.append(loss)
                run.accuracies.append(float(logs["val_accuracy"]))
                run._seen()

        return Watch()
