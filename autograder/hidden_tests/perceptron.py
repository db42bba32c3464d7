"""Hidden tests of unit 02."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.hidden_tests.hidden_test import hidden_test
from course.checks import perceptron as check
from course.checks.observation import Observation, invariant
from course.data.gates import gate, separable


@hidden_test(check.perceptron_predict)
def perceptron_predict(
    perceptron_predict: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Two labels; a positive factor changes nothing; opposite weights give opposite labels."""
    X, w, b = rng.normal(size=(40, 4)), rng.normal(size=4), float(rng.normal())
    yield invariant(
        "every label is −1 or +1",
        lambda: set(np.unique(perceptron_predict(X, w, b)).tolist()) <= {-1.0, 1.0},
    )
    yield invariant(
        "w and b three times as large give the same labels",
        lambda: np.array_equal(perceptron_predict(X, 3 * w, 3 * b), perceptron_predict(X, w, b)),
    )
    yield invariant(
        "−w and −b give the opposite labels off the threshold",
        lambda: np.array_equal(
            np.asarray(perceptron_predict(X, -w, -b)), -np.asarray(perceptron_predict(X, w, b))
        ),
    )


@hidden_test(check.perceptron_fit)
def perceptron_fit(
    perceptron_fit: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Novikoff's bound on separable data; AND and OR are learned, XOR never is."""
    X, y, line = separable(40, 0.12, rng)
    longest = np.sqrt((X**2).sum(axis=1).max() + 1)
    margin = (y * (X @ line[:2] + line[2])).min() / np.linalg.norm(line)
    seeds = [int(seed) for seed in rng.integers(2**32, size=4)]

    def mistakes(X: Any, y: Any, epochs: int, seed: int) -> np.ndarray:
        return np.asarray(perceptron_fit(X, y, epochs, np.random.default_rng(seed))[2])

    bound = int((longest / margin) ** 2)
    yield invariant(
        "no more than (R/γ)² mistakes are made on separable points",
        lambda: 0 < mistakes(X, y, bound + 1, seeds[0]).sum() <= bound,
    )
    for name, seed in (("AND", seeds[1]), ("OR", seeds[2])):
        yield invariant(
            f"{name} is learned",
            partial(lambda name, seed: mistakes(*gate(name), 200, seed)[-1] == 0, name, seed),
        )
    yield invariant(
        "XOR is not learned in 60 epochs, and mistakes says so",
        lambda: (
            len(mistakes(*gate("XOR"), 60, seeds[3])) == 60
            and mistakes(*gate("XOR"), 60, seeds[3])[-1] > 0
        ),
    )


@hidden_test(check.xor_network)
def xor_network(
    xor_network: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Each call gives the same layers."""
    yield invariant("two calls give the same weights", lambda: _alike(xor_network(), xor_network()))


def _alike(one: Any, other: Any) -> bool:
    return all(
        np.array_equal(a, b)
        for first, second in zip(one, other, strict=True)
        for a, b in zip(first, second, strict=True)
    )


@hidden_test(check.activations)
def activations(
    activate: Callable, slope: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Slopes equal finite differences; symmetries of the curves."""
    z, h = rng.uniform(0.1, 3, size=12) * rng.choice([-1, 1], size=12), 1e-5
    for name in check.ACTIVATIONS:
        yield invariant(
            f"slope({name!r}, a) equals finite differences of {name}",
            partial(
                lambda name: np.allclose(
                    slope(name, right.activate(name, z)),
                    (right.activate(name, z + h) - right.activate(name, z - h)) / (2 * h),
                    atol=1e-7,
                ),
                name,
            ),
        )
    yield invariant(
        "σ(−z) = 1 − σ(z)",
        lambda: np.allclose(activate("sigmoid", -z), 1 - np.asarray(activate("sigmoid", z))),
    )
    yield invariant(
        "softplus(z) − softplus(−z) = z",
        lambda: np.allclose(
            np.asarray(activate("softplus", z)) - np.asarray(activate("softplus", -z)), z
        ),
    )


@hidden_test(check.mlp_forward)
def mlp_forward(
    mlp_forward: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """Rows are independent; linear layers compose to one; without a hidden layer it is logistic."""
    sizes = [3, *(int(n) for n in rng.integers(1, 7, size=3)), 2]
    weights = [
        (rng.normal(size=(n_in, n_out)), rng.normal(size=n_out)) for n_in, n_out in pairwise(sizes)
    ]
    X, names = rng.normal(size=(6, 3)), ["tanh", "relu", "sigmoid", "softplus"]
    order = rng.permutation(6)
    yield invariant(
        "rows in another order give every layer's rows in that order",
        lambda: all(
            np.allclose(mixed, np.asarray(value)[order])
            for mixed, value in zip(
                mlp_forward(X[order], weights, names), mlp_forward(X, weights, names), strict=True
            )
        ),
    )
    (A, a), (B, b) = weights[0], weights[1]
    yield invariant(
        "two linear layers are one linear layer",
        lambda: np.allclose(
            mlp_forward(X, [(A, a), (B, b)], ["linear", "linear"])[-1],
            mlp_forward(X, [(A @ B, a @ B + b)], ["linear"])[-1],
        ),
    )
    w, c = rng.normal(size=(3, 1)), rng.normal(size=1)
    yield invariant(
        "without a hidden layer it is logistic regression",
        lambda: np.allclose(
            mlp_forward(X, [(w, c)], ["sigmoid"])[-1], 1 / (1 + np.exp(-(X @ w + c)))
        ),
    )


@hidden_test(check.bump)
def bump(bump: Callable, rng: np.random.Generator, right: SimpleNamespace) -> Iterator[Observation]:
    """Nearly 0 outside, nearly the height inside, half of it at an edge; neighbours join."""
    left, width, height = rng.uniform(-1, 1), rng.uniform(0.5, 2), rng.uniform(1, 4)
    a, b = float(left), float(left + width)
    x = np.linspace(a - 1, b + 1, 31)
    yield invariant(
        "a steep bump is its height in the middle, half of it at an edge, 0 outside",
        lambda: np.allclose(
            bump(np.array([(a + b) / 2, a, b, a - 1, b + 1]), a, b, height, 200.0),
            [height, height / 2, height / 2, 0, 0],
            atol=1e-6,
        ),
    )
    middle = float(rng.uniform(a + 0.1, b - 0.1))
    yield invariant(
        "two bumps that share an edge are one bump",
        lambda: np.allclose(
            np.asarray(bump(x, a, middle, height, 9.0)) + bump(x, middle, b, height, 9.0),
            bump(x, a, b, height, 9.0),
        ),
    )


@hidden_test(check.approximate)
def approximate(
    approximate: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """More bumps, smaller largest error; exact for a constant; linear in the function."""
    x = np.linspace(0, 1, 301)
    waves, phase, level = rng.uniform(3, 9), rng.uniform(0, 6), float(rng.uniform(1, 3))

    def f(x: Any) -> Any:
        return np.sin(waves * np.asarray(x) + phase) + level

    def error(n_bumps: int) -> float:
        return float(np.abs(np.asarray(approximate(f, n_bumps)(x)) - f(x)).max())

    yield invariant(
        "four times as many bumps make the largest error less than half as large",
        lambda: error(20) < error(5) / 2 and error(80) < error(20) / 2,
    )
    yield invariant(
        "a constant is met to a thousandth by three bumps, at the ends too",
        lambda: np.allclose(approximate(lambda x: level + 0 * x, 3)(x), level, atol=1e-3),
    )
