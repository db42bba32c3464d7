"""Keras models by architecture and weights, training histories by their numbers, tensors as arrays.

A model is rebuilt from layers of a list only, none of which runs code or reads files, and only if
the weights that came with it have the shapes that its architecture asks for: so what is allocated
is never more than what was sent. Keras is imported when the first model comes.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .frames import WireError

# fmt: off
LAYERS = frozenset((
    "Activation", "Add", "Average", "AveragePooling1D", "AveragePooling2D", "BatchNormalization",
    "Concatenate", "Conv1D", "Conv2D", "Conv2DTranspose", "Dense", "DepthwiseConv2D", "Dot",
    "Dropout", "ELU", "Flatten", "GaussianNoise", "GlobalAveragePooling1D",
    "GlobalAveragePooling2D", "GlobalMaxPooling2D", "GRU", "InputLayer", "LayerNormalization",
    "LeakyReLU", "LSTM", "MaxPooling1D", "MaxPooling2D", "Maximum", "Minimum", "Multiply",
    "Normalization", "Permute", "PReLU", "ReLU", "RepeatVector", "Rescaling", "Reshape",
    "SimpleRNN", "Softmax", "Subtract", "UpSampling2D", "ZeroPadding2D",
))
# fmt: on
CLASSES = {
    "keras.layers": LAYERS,
    "keras": {"Sequential", "Functional", "DTypePolicy"},
    "keras.src.models.functional": {"Functional"},
}
HARMLESS = {
    "keras.initializers",
    "keras.regularizers",
    "keras.constraints",
    "keras.optimizers",
    "keras.optimizers.schedules",
    "keras.losses",
    "keras.metrics",
}
"""Modules all of whose classes may be named: they hold numbers."""
OBJECTS = 2000
DEPTH = 40


@dataclass
class History:
    """What training recorded, as Keras gives it: `history` by name, one number for each epoch."""

    history: dict[str, list[float]] = field(default_factory=dict)
    epoch: list[int] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)


def parts(value: Any) -> tuple[str, str, list[np.ndarray]] | None:
    """Return architecture, compilation and weights; None where it is no model of Keras's own.

    A model of a student's own class, or with a layer that is not in the list, stays a reference.
    """
    keras = sys.modules["keras"]
    if type(value) not in (keras.Sequential, sys.modules["keras.src.models.functional"].Functional):
        return None
    try:
        whole = json.loads(value.to_json())
        compiled = whole.pop("compile_config", None)
        _look(whole)
        weights = [np.asarray(weight) for weight in value.get_weights()]
        return json.dumps(whole), json.dumps(compiled), weights
    except Exception:  # Keras says in many ways that it cannot write a model down
        return None


def rebuilt(given: Any) -> Any:
    """Return the model that was sent.

    Raises
    ------
    WireError
        If it has a layer that is not in the list, or weights of other shapes.
    """
    architecture, compiled, weights = given
    config = json.loads(architecture)
    _look(config)
    import keras

    with keras.StatelessScope(initialize_variables=False):
        shapes = [
            tuple(weight.shape) for weight in keras.models.model_from_json(architecture).weights
        ]
    if shapes != [weight.shape for weight in weights]:
        # Variables that are no weights (the state of a Dropout) are not sent; these are small.
        raise WireError("a model whose weights do not fit its architecture")
    model = keras.models.model_from_json(architecture)
    model.set_weights(weights)
    _compile(model, json.loads(compiled))
    return model


def _compile(model: Any, config: Any) -> None:
    """Compile as it was compiled; not where that named something of the student's own."""
    if not config:  # of a model that was never compiled it is empty, not missing
        return
    try:
        _look(config)
        model.compile_from_config(config)
    except (WireError, TypeError, ValueError):
        return


def history_parts(value: Any) -> tuple[Any, ...] | None:
    """Return the numbers of a training history, None where it is none."""
    if type(value) is not sys.modules["keras"].callbacks.History:
        return None
    history = {str(k): [float(x) for x in v] for k, v in value.history.items()}
    params = {k: v for k, v in (value.params or {}).items() if type(v) in (int, float, str)}
    return history, [int(epoch) for epoch in value.epoch], params


def rebuilt_history(given: Any) -> History:
    """Return the history that was sent."""
    history, epoch, params = given
    if not all(type(part) is kind for part, kind in zip(given, (dict, list, dict), strict=True)):
        raise WireError("a history that is none")
    return History(history, epoch, params)


def tensor(value: Any) -> np.ndarray | None:
    """Return a tensor's or variable's numbers, None where it is none."""
    if type(value).__module__.split(".")[0] not in ("tensorflow", "keras"):
        return None
    try:
        array = value.numpy()
    except Exception:  # no tensor, or one without numbers
        return None
    return np.asarray(array) if isinstance(array, np.ndarray | np.generic) else None


def _look(config: Any) -> None:
    """Refuse a configuration that names anything but the known classes."""
    count = 0
    for item in _dicts(config, 0):
        if "class_name" not in item:
            continue
        count += 1
        name, module = item["class_name"], item.get("module")
        if name == "__keras_tensor__" and "module" not in item:
            continue
        known = module in HARMLESS or (module in CLASSES and name in CLASSES[module])
        if not known or item.get("registered_name") not in (None, "Functional"):
            raise WireError(f"a model with {str(module)[:60]}.{str(name)[:60]}")
        if not (type(name) is str and name.isidentifier()) or count > OBJECTS:
            raise WireError("a model that is too large, or names no class")


def _dicts(config: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEPTH:
        raise WireError("a model nested too deeply")
    if type(config) is dict:
        yield config
    items = config.values() if type(config) is dict else config if type(config) is list else ()
    for item in items:
        yield from _dicts(item, depth + 1)
