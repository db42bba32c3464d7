"""Keras models by architecture and weights, training histories by their numbers, tensors as arrays.

A model may consist of listed layers only, none of which runs code or reads files, and its weights
must have the shapes that its architecture asks for; so decoding never allocates more than was sent.
Every other model, such as one with a function of the student's own in it, is passed as a reference.
Keras is imported with the first model.
"""

import json
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .channel import ProtocolError

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
PLAIN_MODULES = {
    "keras.initializers",
    "keras.regularizers",
    "keras.constraints",
    "keras.optimizers",
    "keras.optimizers.schedules",
    "keras.losses",
    "keras.metrics",
}
"""Modules all of whose classes are allowed: they hold numbers."""
MAX_OBJECTS = 2000
"""Objects that a model's configuration may name."""
MAX_DEPTH = 40
"""Levels of its JSON."""

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass
class History:
    """A training history in the form of Keras: `history` by name, one number for each epoch."""

    history: dict[str, list[float]] = field(default_factory=dict)
    epoch: list[int] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)


def to_parts(value: Any) -> tuple[str, str, list[Array]] | None:
    """Return architecture, compilation and weights; None if they do not make the model again.

    They do not if it is of a student's class, has an unlisted layer, or if an activation, a loss or
    a metric is a function: configurations hold no code. Whether they do is found by trying.
    """
    keras = sys.modules["keras"]
    if type(value) not in (keras.Sequential, sys.modules["keras.src.models.functional"].Functional):
        return None
    try:
        with warnings.catch_warnings(action="ignore"):  # of functions that no file can hold
            whole = json.loads(value.to_json())
            compiled = whole.pop("compile_config", None)
            if compiled and value.optimizer is not None:
                # Keras repeats what was passed to `compile`, which may have changed since.
                compiled["optimizer"] = keras.saving.serialize_keras_object(value.optimizer)
        architecture, compilation = json.dumps(whole), json.dumps(compiled)
        _check(whole)
        _check(compiled)
        weights = [np.asarray(weight) for weight in value.get_weights()]
        rebuilt = _weight_shapes(architecture) == [weight.shape for weight in weights]
        return (architecture, compilation, weights) if rebuilt else None
    except Exception:  # Keras raises many kinds when it cannot serialize a model
        return None


def from_parts(parts: Any) -> Any:
    """Return the model that `to_parts` took apart.

    Raises
    ------
    ProtocolError
        If it has an unlisted layer, or weights of other shapes.
    """
    architecture, compiled, weights = parts
    config = json.loads(architecture)
    _check(config)
    if _weight_shapes(architecture) != [weight.shape for weight in weights]:
        # Variables that are not weights (the state of a Dropout) are not sent; they are small.
        raise ProtocolError("a model whose weights do not fit its architecture")
    import keras

    model = keras.models.model_from_json(architecture)
    model.set_weights(weights)
    _compile(model, json.loads(compiled))
    return model


def _weight_shapes(architecture: str) -> list[tuple[int, ...]]:
    """Return the shapes of the weights that an architecture asks for; allocate none of them."""
    import keras

    with keras.StatelessScope(initialize_variables=False):
        weights = keras.models.model_from_json(architecture).weights
        return [tuple(weight.shape) for weight in weights]


def _compile(model: Any, config: Any) -> None:
    """Compile with the same options, unless they name something of the student's own."""
    if not config:  # empty, not missing, if the model was never compiled
        return
    try:
        _check(config)
        model.compile_from_config(config)
    except (ProtocolError, TypeError, ValueError):
        return


def history_to_parts(value: Any) -> tuple[Any, ...] | None:
    """Return the numbers of a training history, None if it is none."""
    if type(value) is not sys.modules["keras"].callbacks.History:
        return None
    history = {str(k): [float(x) for x in v] for k, v in value.history.items()}
    params = {k: v for k, v in (value.params or {}).items() if type(v) in (int, float, str)}
    return history, [int(epoch) for epoch in value.epoch], params


def history_from_parts(parts: Any) -> History:
    """Return the history that `history_to_parts` took apart."""
    history, epoch, params = parts
    if not all(type(part) is kind for part, kind in zip(parts, (dict, list, dict), strict=True)):
        raise ProtocolError("a malformed history")
    return History(history, epoch, params)


def tensor_to_array(value: Any) -> Array | None:
    """Return the numbers of a tensor or variable, None if it is neither."""
    if type(value).__module__.split(".")[0] not in ("tensorflow", "keras"):
        return None
    try:
        array = value.numpy()
    except Exception:  # not a tensor, or a symbolic one
        return None
    return np.asarray(array) if isinstance(array, np.ndarray | np.generic) else None


def _check(config: Any) -> None:
    """Reject a configuration that names any class that is not listed."""
    count = 0
    for item in _dicts(config, 0):
        if "class_name" not in item:
            continue
        count += 1
        name, module = item["class_name"], item.get("module")
        if name == "__keras_tensor__" and "module" not in item:
            continue
        known = module in PLAIN_MODULES or (module in CLASSES and name in CLASSES[module])
        if not known or item.get("registered_name") not in (None, "Functional"):
            raise ProtocolError(f"a model with {str(module)[:60]}.{str(name)[:60]}")
        if not (type(name) is str and name.isidentifier()) or count > MAX_OBJECTS:
            raise ProtocolError("a model that is too large, or whose class has no name")


def _dicts(config: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        raise ProtocolError("a model nested too deeply")
    if type(config) is dict:
        yield config
    items = config.values() if type(config) is dict else config if type(config) is list else ()
    for item in items:
        yield from _dicts(item, depth + 1)
