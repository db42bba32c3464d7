"""Unit 03: derivatives, optimisers, an engine."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course.models import network
from course.models.autodiff_node import Node, parents_first
from course.models.own.stand_in import stand_in

Layers = list[tuple[np.ndarray, np.ndarray]]


@stand_in
def gradient_check(
    f: Callable[..., float],
    grad: Callable[..., np.ndarray],
    theta: np.ndarray,
    tolerance: float = 1e-5,
) -> bool:
    """Tell whether `grad` is the gradient of `f`, by central differences."""
    point = np.asarray(theta, dtype=float)
    claimed = np.asarray(grad(point.copy()), dtype=float)
    if claimed.shape != point.shape:
        return False
    lengths = 1e-6 * np.maximum(1, np.abs(point))
    steps = np.diag(lengths)
    rises = np.array([f(point + step) - f(point - step) for step in steps]) / (2 * lengths)
    scale = np.sqrt(np.sum(claimed**2)) + np.sqrt(np.sum(rises**2))
    return bool(np.sqrt(np.sum((claimed - rises) ** 2)) <= tolerance * scale)


@stand_in
def init_weights(sizes: Sequence[int], scheme: str, rng: np.random.Generator) -> Layers:
    """Return drawn weights and biases of 0."""
    return network.initialise(list(sizes), rng, scheme, dtype=np.float64)


@stand_in
def mlp_backward(
    X: np.ndarray, Y: np.ndarray, weights: Layers, activations: Sequence[str]
) -> Layers:
    """Return the slopes of the loss, layer by layer."""
    layers = [(np.asarray(W, dtype=float), np.asarray(b, dtype=float)) for W, b in weights]
    targets = np.asarray(Y, dtype=float)
    values = network.forward(np.asarray(X, dtype=float), layers, activations)
    if activations[-1] == "softmax":
        return network.backward(values, targets, layers, activations, "categorical_crossentropy")
    slopes = network.backward(values, targets, layers, activations, "mse")
    half = targets.shape[1] / 2  # half the squared error a sample, not its mean over all entries
    return [(half * dW, half * db) for dW, db in slopes]


@stand_in
def clip_by_norm(gradients: Sequence[np.ndarray], max_norm: float) -> list[np.ndarray]:
    """Return the parts of a gradient, shortened together to `max_norm`."""
    parts = [np.asarray(part, dtype=float) for part in gradients]
    length = math.sqrt(sum(float(np.sum(part * part)) for part in parts))
    return [part * min(1.0, max_norm / max(length, 1e-300)) for part in parts]


@stand_in
def adam_step(
    theta: np.ndarray,
    gradient: np.ndarray,
    state: tuple[np.ndarray, np.ndarray, int],
    alpha: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray, int]]:
    """Return the parameters and the state after a step of Adam."""
    g, (first, second, t) = np.asarray(gradient, dtype=float), state
    first = g + beta1 * (np.asarray(first) - g)
    second = g**2 + beta2 * (np.asarray(second) - g**2)
    rate = alpha / (1 - beta1 ** (t + 1))
    spread = np.sqrt(second / (1 - beta2 ** (t + 1)))
    return np.asarray(theta) - rate * first / (spread + epsilon), (first, second, t + 1)


class Value(Node):
    """A number that knows how to differentiate what is computed from it."""

    __init__ = stand_in(Node.__init__)

    def __add__(self, other: Any) -> "Value":
        """Return the sum."""
        return _node(self, Value.of(other), "+", lambda a, b: (a + b, 1.0, 1.0))

    def __mul__(self, other: Any) -> "Value":
        """Return the product."""
        return _node(self, Value.of(other), "×", lambda a, b: (a * b, b, a))

    __radd__, __rmul__ = __add__, __mul__

    def log(self) -> "Value":
        """Return the logarithm."""
        return Value(math.log(self.value), [(self, 1 / self.value)], "log")

    def __pow__(self, exponent: float) -> "Value":
        """Return a power."""
        below = self.value ** (exponent - 1)
        return Value(below * self.value if self.value else self.value**exponent,
                     [(self, exponent * below)], f"^{exponent}")  # fmt: skip

    def exp(self) -> "Value":
        """Return the exponential."""
        grown = math.exp(self.value)
        return Value(grown, [(self, grown)], "exp")

    def tanh(self) -> "Value":
        """Return the hyperbolic tangent."""
        bent = math.tanh(self.value)
        return Value(bent, [(self, (1 - bent) * (1 + bent))], "tanh")

    def backward(self) -> None:
        """Set `derivative` in every node that self was computed from."""
        order = parents_first(self)
        for node in order:
            node.derivative = 0.0
        self.derivative = 1.0
        while order:
            node = order.pop()
            for parent, slope in node.parents:
                parent.derivative += slope * node.derivative


def _node(left: Any, right: Any, sign: str, rule: Callable[..., Any]) -> Value:
    value, *slopes = rule(left.value, right.value)
    return Value(value, list(zip((left, right), slopes, strict=True)), sign)
