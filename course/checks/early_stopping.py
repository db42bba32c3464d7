"""Training whose every step is known, to see what unit 04's `train` does: where it stops, and why.

The model is one weight w, from 0 on, and its loss the square of w − y. Every training sample is the
same, y = `target`, so that each step, on whatever batch, multiplies w − target by `SWING`: w jumps
to and fro across the target, and comes closer. What the weight is tells how many steps there were;
how far it is from the mean label of another set rises and falls from step to step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from course.checks.keras_models import require_keras_model
from course.models.keras_training import quiet_keras

SWING = -0.75
"""The factor of w − target in one step of descent."""

MOST_STEPS = 40
"""Steps of an epoch that are told apart."""

OTHER_DATA = "trained or judged on other data"
"""What stands for all that such training did: where other data leads to is a matter of chance."""

Pair = tuple[np.ndarray, np.ndarray]
TrainingResult = tuple[Any, dict[str, list[float]]]
TrainFunction = Callable[..., Any]


@dataclass(frozen=True)
class TrainingTask:
    """Data to train on, and what was asked for.

    Attributes
    ----------
    images, unit : int
        Number of training samples; their label is 20 · unit.
    middle : float
        Mean label of the validation set, in units.
    epochs, patience : int
    opened : list of int
        Gets an entry each time the test set is opened.
    """

    images: int
    unit: int
    middle: int
    epochs: int
    patience: int
    opened: list[int] = field(default_factory=list)

    @property
    def asked(self) -> str:
        """The call, in words."""
        return (
            f"train(model, data, epochs={self.epochs}, patience={self.patience}) "
            f"on {self.images} images"
        )

    @property
    def data(self) -> dict[str, Any]:
        """The three sets; that of tests has to be opened."""
        test = _pair(16, 3 * self.unit, 1)

        def open_test_set() -> Pair:
            self.opened.append(1)
            return test

        return {
            "train": _pair(self.images, 20 * self.unit, 0),
            "validation": _pair(16, self.middle * self.unit, 3),
            "test": open_test_set,
        }


def _pair(m: int, middle: int, spread: int) -> Pair:
    X = np.column_stack([np.ones(m), np.zeros(m)]).astype(np.float32)
    return X, middle + spread * (-1) ** np.arange(m)


def rising_and_falling(unit: int) -> TrainingTask:
    """Return a task in one batch; the validation losses are good, bad, best, bad, bad, bad, …."""
    return TrainingTask(128, unit, 29, epochs=7, patience=2)


def ended_before_patience(unit: int) -> TrainingTask:
    """Return a task of two epochs of two batches, whose second epoch is the worse one."""
    return TrainingTask(129, unit, 9, epochs=2, patience=3)


def one_weight_model() -> Any:
    """Return the model; it runs eagerly, as compiling a graph takes longer than its few steps."""
    k = quiet_keras()
    dense = k.layers.Dense(1, use_bias=False, kernel_initializer="zeros")
    model = k.Sequential([k.Input((2,)), dense])
    model.compile(
        optimizer=k.optimizers.SGD((1 - SWING) / 2),
        loss="mse",
        metrics=["accuracy"],
        run_eagerly=True,
    )
    return model


def require_trained(answer: Any) -> TrainingResult:
    """Return the model and the history that `train` returned.

    Raises
    ------
    TypeError
        If the answer is not a pair, or the first of it is not a Keras model.
    ValueError
        If the second is not a dictionary.
    """
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        raise TypeError(f"expected a model and a dictionary, but got {type(answer).__name__} alone")
    model, history = answer
    if not isinstance(history, Mapping):
        raise ValueError(f"the history is {type(history).__name__}; expected a dictionary of lists")
    return require_keras_model(model), {
        str(name): [float(value) for value in np.ravel(values)] for name, values in history.items()
    }


def count_epochs(done: TrainingResult, task: TrainingTask) -> int | str:
    """Return the number of epochs, or `OTHER_DATA`."""
    other = data_of_losses(done, task) == OTHER_DATA
    return OTHER_DATA if other else len(done[1]["loss"])


def quantities(done: TrainingResult) -> str:
    """Describe which of the quantities that Keras notes are in the history."""
    noted = ("loss", "accuracy", "val_loss", "val_accuracy")
    return ", ".join(name for name in noted if name in done[1])


def count_epochs_of_calls(train: TrainFunction, task: TrainingTask) -> list[int | str] | str:
    """Return the epochs of four calls with one model, which differ in one thing each.

    Each begins at the same weights, also where the answer works on a copy of the model.
    """
    model = one_weight_model()
    start, data = model.get_weights(), task.data

    def count(called: TrainingTask, data: dict[str, Any]) -> int | str:
        model.set_weights(start)
        done = require_trained(train(model, data, called.epochs, called.patience))
        return count_epochs(done, called)

    first = count(task, data)
    if first == OTHER_DATA:
        return OTHER_DATA
    other = replace(task, unit=task.unit + 1, middle=task.middle - 20)
    return [
        first,
        count(replace(task, epochs=1), data),
        count(replace(task, patience=1), data),
        count(other, other.data),
    ]


def trains_each_model(train: TrainFunction, task: TrainingTask) -> bool:
    """Tell whether two models with other weights, given the same data, end with other weights.

    The models that come back are looked at: those given stay as they are where an answer works on
    copies, as in an interpreter of its own.
    """
    data, start = task.data, float(task.unit)
    done = require_trained(train(one_weight_model(), data, task.epochs, task.patience))
    if data_of_losses(done, task) == OTHER_DATA:
        return True
    second = one_weight_model()
    second.set_weights([np.array([[start], [0.0]], dtype=np.float32)])
    again = require_trained(train(second, data, task.epochs, task.patience))
    one, other = (float(np.ravel(model.get_weights()[0])[0]) for model in (done[0], again[0]))
    return one not in (0, other) and other != start


def epoch_of_weights(done: TrainingResult, task: TrainingTask) -> str:
    """Describe the epoch of the model's weights, found by their loss on the validation set."""
    model, history = done
    if data_of_losses(done, task) == OTHER_DATA:
        return OTHER_DATA
    weight = float(np.ravel(model.get_weights()[0])[0])
    if weight == 0:
        return "those before training"
    losses, now = history.get("val_loss", []), _cost(weight, task.data["validation"])
    if losses and np.isclose(now, min(losses), rtol=1e-4):
        return "those of the best epoch"
    if losses and np.isclose(now, losses[-1], rtol=1e-4):
        return "those of the last epoch"
    return "those of another epoch"


def data_of_losses(done: TrainingResult, task: TrainingTask) -> str:
    """Describe the number of batches in an epoch, and what was trained and judged on."""
    if task.opened:
        return "the test set was opened"
    losses = done[1].get("val_loss")
    if not losses:
        return "nothing was validated"
    for name in ("validation", "train"):
        for steps in range(1, MOST_STEPS):
            if _is_cost(losses[0], _weight_after(steps, task, "train"), task.data[name]):
                return f"trained in batches, {steps} an epoch, and judged on {name}"
        if _is_cost(losses[0], _weight_after(1, task, "validation"), task.data[name]):
            return f"trained on validation, and judged on {name}"
    return OTHER_DATA


def _weight_after(steps: int, task: TrainingTask, name: str) -> float:
    return float(np.mean(task.data[name][1])) * (1 - SWING**steps)


def _is_cost(loss: float, weight: float, pair: Pair) -> bool:
    return bool(np.isclose(loss, _cost(weight, pair), rtol=1e-4))


def _cost(weight: float, pair: Pair) -> float:
    return float(np.mean((weight - pair[1]) ** 2))
