"""Properties of a Keras model that unit 04 checks, found by using it, not by reading its parts.

A layer may be Keras's own, a function in a Lambda or a class of the student's; a loss may be a
name, an instance or a lambda. What a model computes, drops and learns is the same. So the model
gets weights that make its inside visible, and is called, evaluated and trained for a few steps.
"""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course.models.keras_training import quiet_keras

Layer = tuple[int, int]
"""Places of a dense layer's kernel (n_in, n_out) and bias (n_out,) among a model's weights."""

ROWS = 2500
"""Samples that are sent through Dropout; each drops on its own."""

COMPARED = 40
"""Samples on which a model's output is compared with that of a network."""


def require_keras_model(model: Any) -> Any:
    """Return `model` if it is a Keras model, of a class of Keras's or one derived from it.

    Raises
    ------
    TypeError
        If it is not.
    """
    if not isinstance(model, quiet_keras().Model):
        raise TypeError(f"this is {type(model).__name__}, not a Keras model")
    return model


def shapes(model: Any, n_inputs: int) -> tuple[tuple[int, ...], ...]:
    """Return the shapes of all weights, layer after layer as the values go, inputs first."""
    weights = [np.asarray(weight) for weight in model.get_weights()]
    order = next(chains(weights, n_inputs), None)
    places = range(len(weights)) if order is None else itertools.chain.from_iterable(order)
    return tuple(weights[place].shape for place in places)


def dropouts(model: Any, n_inputs: int) -> str:
    """List the dense layers, and the rates of dropout before, between and after them.

    In training, a layer with weights 0 and biases 1 gives 1 in every unit. Followed by layers that
    pass the values on (identities), what arrives at the end is 0 where a unit was dropped, and the
    product of 1 / (1 − rate) where none was. The first layer's dropout is that product divided by
    the next layer's, and so on. Samples and units drop independently: about ROWS · 5 of them, whose
    share differs from the rate by 6.5 standard deviations, 0.03, once in 10¹⁰ calls.
    """
    weights = [np.asarray(weight) for weight in model.get_weights()]
    order = next(chains(weights, n_inputs), None)
    if order is None:
        return "no dense layers in a row"
    kept = [_share_kept(model, weights, order, start) for start in range(len(order) + 1)]
    if np.isnan(kept).any():
        return "values that are neither passed on nor dropped"
    found = []
    for place in range(len(order)):
        rate = round(1 - kept[place] / kept[place + 1], 3)
        found += [f"Dropout {rate:.3g}"] * (rate != 0) + ["Dense"]
    return ", ".join(found)


def _share_kept(model: Any, weights: list[np.ndarray], order: list[Layer], start: int) -> float:
    """Return the share of values that no dropout before layer `start` or later ones takes out."""
    if start == len(order):
        return 1.0
    made = [np.zeros_like(weight) for weight in weights]
    for kernel, _ in order[start:]:
        np.fill_diagonal(made[kernel], 1)
    made[order[-1][0]][:, -1] = 0  # so that the score of the last class is 0
    if start:
        made[order[start - 1][1]][:] = 1
    model.set_weights(made)
    wide = [weights[order[0][0]].shape[0], *(weights[kernel].shape[1] for kernel, _ in order)]
    units = min(*wide[start:-1], wide[-1] - 1)
    P = np.asarray(model(np.ones((ROWS, wide[0]), np.float32), training=True), dtype=float)
    scores = np.log(P / P[:, -1:])[:, :units]
    passed = scores[np.abs(scores) > 1e-3]
    if not passed.size or np.ptp(passed) > 1e-3 * passed[0] or not passed[0] > 0.999:
        return np.nan
    share = 1 / float(passed[0])
    return share if abs(passed.size / scores.size - share) < 0.03 else np.nan


def compiled_with(model: Any, n_inputs: int, rng: np.random.Generator) -> str:
    """Describe loss and metrics by what the model says of four right and six wrong answers."""
    if not model.compiled:
        return "it is not compiled"
    x = rng.normal(size=(10, n_inputs)).astype(np.float32)
    _set_random_weights(model, rng)
    P = np.asarray(model(x, training=False), dtype=float)
    best = np.argsort(P, axis=1)
    y = np.where(np.arange(10) < 4, best[:, -1], best[:, -2])
    model.run_eagerly = True  # to build a graph takes longer than these steps
    try:
        results = dict(model.test_on_batch(x, y, return_dict=True))
    except ValueError:
        return "its loss does not take the numbers of the classes"
    loss = float(results.pop("loss"))
    known = {
        "mean cross-entropy": -np.mean(np.log(P[np.arange(10), y])),
        "squared error": np.mean((P - y) ** 2),
    }
    names = [name for name, value in known.items() if np.isclose(loss, value, rtol=1e-4)]
    accuracy = any(np.isclose(float(value), 0.4) for value in results.values())
    metrics = "accuracy" if accuracy else "another metric" if results else "no metric"
    return f"{names[0] if names else 'another loss'}, {metrics}"


def optimiser(model: Any, n_inputs: int) -> tuple[str, float]:
    """Return the optimiser's name and its learning rate, from two steps of the last layer's biases.

    While the last layer's weights are 0, the gradient for its biases is known, whatever the layers
    before do: the mean of P − Y, with P the same for every sample.
    """
    weights = [np.asarray(weight) for weight in model.get_weights()]
    kernel, bias = next(chains(weights, n_inputs))[-1]
    made = [np.ones_like(weight) if weight.ndim == 1 else weight for weight in weights]
    x = np.ones((10, n_inputs), np.float32)
    model.run_eagerly = True
    path, gradients = [np.asarray(made[bias], dtype=float)], []
    for y in ([3] * 10, [3] * 5 + [5] * 5):
        made[kernel] = np.zeros_like(made[kernel])
        model.set_weights(made)
        gradients.append(softmax(path[-1]) - np.bincount(y, minlength=10) / 10)
        model.train_on_batch(x, np.array(y))
        made = [np.asarray(weight) for weight in model.get_weights()]
        path.append(np.asarray(made[bias], dtype=float))
    for name, rule in OPTIMISERS.items():
        directions = rule(gradients)
        rate = float(np.median((path[0] - path[1]) / directions[0]))
        steps = [path[0] - rate * directions[0], path[1] - rate * directions[1]]
        if np.allclose(steps, path[1:], atol=1e-3 * abs(rate), rtol=0):
            return name, float(f"{rate:.3g}")
    return "another", -1.0


def _adam(gradients: list[np.ndarray]) -> list[np.ndarray]:
    """Return the steps of Adam at the rate 1, with the usual decays 0.9 and 0.999."""
    m, v, steps = np.zeros(10), np.zeros(10), []
    for t, g in enumerate(gradients, 1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        steps.append(np.asarray(m / (1 - 0.9**t) / np.sqrt(v / (1 - 0.999**t))))
    return steps


OPTIMISERS: dict[str, Callable[[list[np.ndarray]], list[np.ndarray]]] = {
    "adam": _adam,
    "plain descent": list,
}


def equivalent_network(model: Any, n_inputs: int, rng: np.random.Generator) -> str:
    """Describe the network of unit 02 that has the model's weights and gives the same output."""
    _set_random_weights(model, rng)
    x = rng.normal(0, 3, size=(COMPARED, n_inputs)).astype(np.float32)
    given = np.asarray(model(x, training=False))
    weights = [np.asarray(weight, dtype=float) for weight in model.get_weights()]
    for order in itertools.islice(chains(weights, n_inputs), 24):
        for (hidden, f), (last, g) in itertools.product(HIDDEN.items(), LAST.items()):
            value = x.astype(float)
            for kernel, bias in order[:-1]:
                value = f(value @ weights[kernel] + weights[bias])
            value = g(value @ weights[order[-1][0]] + weights[order[-1][1]])
            if value.shape == given.shape and np.allclose(value, given, atol=1e-4):
                return f"{hidden} in hidden layers, {last} at the end" if order[1:] else last
    return "something else"


def _set_random_weights(model: Any, rng: np.random.Generator) -> None:
    """Give a model weights for which every layer's values are of the size of 1, biases included."""
    weights = [np.asarray(weight) for weight in model.get_weights()]
    model.set_weights(
        [
            rng.normal(0, 1.5 / np.sqrt(weight.shape[0]), weight.shape)
            if weight.ndim > 1
            else rng.normal(size=weight.shape)
            for weight in weights
        ]
    )


def chains(weights: list[np.ndarray], n_inputs: int) -> Iterator[list[Layer]]:
    """Yield the orders in which the weights are dense layers, each as wide as the next one needs.

    A model of a student's class lists its weights in the order in which the layers were made.
    """
    layers = [
        (place, place + 1)
        for place in range(0, len(weights) - 1, 2)
        if weights[place].ndim == 2 and weights[place + 1].shape == weights[place].shape[1:]
    ]
    if not layers or 2 * len(layers) != len(weights) or len(layers) > 6:
        return
    for order in itertools.permutations(layers):
        wide = [n_inputs, *(weights[kernel].shape[1] for kernel, _ in order)]
        if [weights[kernel].shape[0] for kernel, _ in order] == wide[:-1]:
            yield list(order)


def softmax(z: np.ndarray) -> np.ndarray:
    """Return the softmax of each row."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-z)))


HIDDEN: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": _sigmoid,
    "tanh": np.tanh,
    "no activation": lambda z: z,
}
LAST: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "softmax": softmax,
    "no activation": lambda z: z,
    "sigmoid": _sigmoid,
    "relu": lambda z: np.maximum(z, 0),
}
