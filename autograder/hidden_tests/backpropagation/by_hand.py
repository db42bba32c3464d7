"""Hidden tests of unit 03: derivatives written by hand."""

import math
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace

import numpy as np

from autograder.hidden_tests.hidden_test import hidden_test
from course.checks import backpropagation as check
from course.checks.backpropagation.by_hand import (
    Layers,
    draw_labels,
    draw_network,
    draw_smooth_function,
)
from course.checks.observation import Observation, invariant
from course.validation.layers import flatten, unflatten

STEP = 1e-5
"""The step of a central difference: its error and that of rounding are both near 1e-10."""

CLOSE = 1e-6
"""How near an analytic gradient must come to central differences, as a share of its length."""


def differences(f: Callable[[np.ndarray], float], theta: np.ndarray) -> np.ndarray:
    """Return the gradient of `f` at `theta`, of any shape, by central differences."""
    steps = STEP * np.eye(theta.size).reshape(-1, *theta.shape)
    slopes = [(f(theta + step) - f(theta - step)) / (2 * STEP) for step in steps]
    return np.array(slopes).reshape(theta.shape)


def near(given: object, wanted: np.ndarray, share: float = CLOSE) -> bool:
    """Tell whether an array has the shape of `wanted` and comes close to it."""
    array = np.asarray(given)
    return array.shape == wanted.shape and bool(
        np.linalg.norm(array - wanted) <= share * max(float(np.linalg.norm(wanted)), 1e-3)
    )


def _j(x: float) -> float:
    return math.cos(math.sin(x**2) + 3 * x**2)


@hidden_test(check.j_backward)
def j_backward(
    j_backward: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Equal to central differences; odd in x; the paths add up."""
    x = float(rng.uniform(0.3, 1.8))
    yield invariant(
        "dJ/dx equals a central difference of J",
        lambda: abs(j_backward(x)["x"] - (_j(x + STEP) - _j(x - STEP)) / (2 * STEP)) < 1e-5,
    )
    yield invariant(
        "J is even in x, so dJ/dx is odd and every other derivative even",
        lambda: all(
            np.isclose(j_backward(-x)[node], (-1 if node == "x" else 1) * j_backward(x)[node])
            for node in ("J", "u", "u1", "u2", "t", "x")
        ),
    )
    yield invariant("dJ/dJ is 1", lambda: j_backward(x)["J"] == 1)


@hidden_test(check.gradient_check, rounds=1)
def gradient_check(
    gradient_check: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Independent of units: random errors never pass, right gradients always do."""
    for n in (1, 2, 5):
        theta, (f, gradient) = rng.normal(size=n), draw_smooth_function(rng, n)
        scale, error = 10.0 ** rng.uniform(-8, 8), rng.normal(size=n)
        error *= 0.02 * np.linalg.norm(gradient(theta)) / np.linalg.norm(error)

        def verdict(
            wrong: float, f=f, gradient=gradient, theta=theta, scale=scale, error=error
        ) -> bool:
            return gradient_check(
                lambda t: scale * f(t),
                lambda t: scale * (gradient(t) + wrong * error),
                theta.copy(),
            )

        yield Observation(
            f"gradient_check passes a right gradient of {n} components in any units",
            partial(verdict, 0.0),
            invariant=True,
        )
        yield Observation(
            f"gradient_check fails a gradient of {n} components that is 2 % off, in any units",
            partial(verdict, 1.0),
            invariant=True,
        )


@hidden_test(check.logistic_backward)
def logistic_backward(
    logistic_backward: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Equal to central differences; swapping the classes and negating theta changes nothing."""
    X, y, theta = rng.normal(size=(7, 3)), draw_labels(rng, 7), rng.normal(size=3)
    loss = right.logistic_backward
    yield invariant(
        "dtheta equals central differences of the loss",
        lambda: near(
            logistic_backward(X, y, theta)[1], differences(lambda t: loss(X, y, t)[0], theta)
        ),
    )
    yield invariant(
        "dX equals central differences of the loss",
        lambda: near(
            logistic_backward(X, y, theta)[2], differences(lambda t: loss(t, y, theta)[0], X)
        ),
    )
    yield invariant(
        "swapping the classes and turning theta leaves the loss as it is",
        lambda: np.isclose(
            logistic_backward(X, 1 - y, -theta)[0], logistic_backward(X, y, theta)[0]
        ),
    )
    yield invariant(
        "with theta = 0 the loss is ln 2 and the gradient that of a coin",
        lambda: (
            np.isclose(logistic_backward(X, y, np.zeros(3))[0], np.log(2))
            and near(logistic_backward(X, y, np.zeros(3))[1], X.T @ (0.5 - y) / 7)
        ),
    )
    yield invariant(
        "every sample twice: the same loss, the same dtheta",
        lambda: near(
            logistic_backward(np.vstack([X, X]), np.append(y, y), theta)[1],
            np.asarray(logistic_backward(X, y, theta)[1]),
        ),
    )


@hidden_test(check.softmax_cross_entropy)
def softmax_cross_entropy(
    softmax_cross_entropy: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Shift invariant, rows of dZ sum to 0, equal to central differences, bounded from below."""
    Z, Y = rng.normal(size=(6, 4)), rng.dirichlet(np.ones(4), size=6)
    shift = rng.uniform(-1500, 1500, size=(6, 1))
    yield invariant(
        "a number added to a row of Z changes neither loss nor dZ",
        lambda: (
            np.isclose(softmax_cross_entropy(Z + shift, Y)[0], softmax_cross_entropy(Z, Y)[0])
            and near(softmax_cross_entropy(Z + shift, Y)[1], right.softmax_cross_entropy(Z, Y)[1])
        ),
    )
    yield invariant(
        "every row of dZ sums to 0",
        lambda: near(np.sum(softmax_cross_entropy(Z, Y)[1], axis=1), np.zeros(6)),
    )
    yield invariant(
        "dZ equals central differences of the loss",
        lambda: near(
            softmax_cross_entropy(Z, Y)[1],
            differences(lambda t: right.softmax_cross_entropy(t, Y)[0], Z),
        ),
    )
    entropy = -float((Y * np.log(Y)).sum()) / 6
    yield invariant(
        "the loss is smallest, and the entropy of Y, where softmax(Z) = Y",
        lambda: (
            np.isclose(softmax_cross_entropy(np.log(Y), Y)[0], entropy)
            and softmax_cross_entropy(np.log(Y) + 0.1 * Z, Y)[0] > entropy
        ),
    )


@hidden_test(check.mlp_backward)
def mlp_backward(
    mlp_backward: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Equal to central differences for random networks; a mean over samples; zero at a fit."""
    for _ in range(3):
        sizes = [int(size) for size in rng.integers(1, 5, size=int(rng.integers(3, 6)))]
        names = [
            str(name) for name in rng.choice(["tanh", "sigmoid", "linear"], size=len(sizes) - 1)
        ]
        names[-1] = str(rng.choice(["linear", "softmax", "sigmoid"]))
        X, Y, weights = draw_network(rng, 5, sizes, names[-1])
        yield invariant(
            f"the gradients of a network {sizes} with {', '.join(names)} equal central differences",
            partial(
                lambda X, Y, weights, names: near(
                    flatten(mlp_backward(X, Y, weights, names)),
                    _slopes(right, X, Y, weights, names),
                ),
                X,
                Y,
                weights,
                names,
            ),
        )
    names = ["tanh", "linear"]
    X, Y, weights = draw_network(rng, 6, (3, 4, 2), "linear")
    order = rng.permutation(6)

    def given(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
        return flatten(mlp_backward(X, Y, weights, names))

    yield invariant(
        "every sample twice: the same gradients",
        lambda: near(given(np.vstack([X, X]), np.vstack([Y, Y])), given(X, Y)),
    )
    yield invariant(
        "samples in another order: the same gradients",
        lambda: near(given(X[order], Y[order]), given(X, Y)),
    )
    exact = np.tanh(X @ weights[0][0] + weights[0][1]) @ weights[1][0] + weights[1][1]
    yield invariant(
        "where the network already gives Y every gradient is 0",
        lambda: bool(np.abs(given(X, exact)).max() < 1e-12),
    )
    yield invariant(
        "gradients are linear in the error of a fit",
        lambda: near(given(X, exact + 2 * (Y - exact)), 2 * given(X, Y)),
    )


def _slopes(
    right: SimpleNamespace, X: np.ndarray, Y: np.ndarray, weights: Layers, names: list[str]
) -> np.ndarray:
    return differences(
        lambda t: right.network_loss(X, Y, unflatten(t, weights), names), flatten(weights)
    )
