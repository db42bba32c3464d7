"""Unit 03's laws for the class that differentiates."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.examine import hidden
from course.checks import backpropagation as check
from course.checks.backpropagation.engine import derivatives
from course.checks.observe import Observation, law

OPERATIONS: tuple[Callable[[Any, Any], Any], ...] = (
    lambda u, v: u + v,
    lambda u, v: u * v,
    lambda u, v: (u * v).tanh(),
    lambda u, v: (u * 0.5).exp() + v,
    lambda u, v: (u**2 + 1).log() * v,
    lambda u, v: 1 + u - 2 * v,
    lambda u, v: u / (v**2 + 2),
)
"""Steps of a random graph; none of them leaves its domain or grows fast."""


def random_expression(rng: np.random.Generator, steps: int) -> Callable[[Any, Any], Any]:
    """Draw an expression of two variables whose nodes are used again at random."""
    plan = [(int(rng.integers(len(OPERATIONS))), rng.random(2).tolist()) for _ in range(steps)]

    def expression(a: Any, b: Any) -> Any:
        nodes = [a, b]
        for operation, picks in plan:
            u, v = (nodes[int(pick * len(nodes))] for pick in picks)
            nodes.append(OPERATIONS[operation](u, v).tanh())
        total = nodes[0]
        for node in nodes[1:]:
            total = total + node
        return total

    return expression


@hidden(check.Value)
def Value(Value: Any, rng: np.random.Generator, right: SimpleNamespace) -> Iterator[Observation]:
    """Random graphs against the right class and against differences; the rules of calculus."""
    for steps in (3, 6, 9):
        expression = random_expression(rng, steps)
        a, b = (float(x) for x in rng.uniform(-1, 1, size=2))
        yield law(
            f"the derivatives of a random expression of {steps} steps equal central differences",
            lambda expression=expression, a=a, b=b: _like_differences(
                derivatives(Value, expression, a, b), right.Value, expression, a, b
            ),
        )
    a, b = (float(x) for x in rng.uniform(0.5, 1.5, size=2))
    yield law(
        "a function and its inverse: d/da log(exp a) = 1",
        lambda: np.isclose(derivatives(Value, lambda x, y: x.exp().log(), a, b)["d/da"], 1),
    )
    yield law(
        "a homogeneous function of degree 2 keeps Euler's theorem: a f_a + b f_b = 2 f",
        lambda: _euler(derivatives(Value, lambda x, y: x**3 / y + x * y, a, b), a, b),
    )


def _like_differences(
    given: dict[str, float], right: Any, expression: Callable, a: float, b: float
) -> bool:
    def f(x: float, y: float) -> float:
        return expression(right(x), right(y)).value

    h = 1e-5
    slopes = ((f(a + h, b) - f(a - h, b)) / (2 * h), (f(a, b + h) - f(a, b - h)) / (2 * h))
    return bool(
        np.isclose(given["value"], f(a, b))
        and np.allclose((given["d/da"], given["d/db"]), slopes, rtol=1e-6, atol=1e-7)
    )


def _euler(given: dict[str, float], a: float, b: float) -> bool:
    return bool(np.isclose(a * given["d/da"] + b * given["d/db"], 2 * given["value"]))
