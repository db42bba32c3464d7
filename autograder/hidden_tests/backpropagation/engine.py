"""Hidden tests of unit 03: the class that differentiates."""

from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.hidden_tests.hidden_test import hidden_test
from course.checks import backpropagation as check
from course.checks.observation import Observation, invariant

OPERATIONS = (
    "{u} + {v}",
    "{u} * {v}",
    "({u} * {v}).tanh()",
    "({u} * 0.5).exp() + {v}",
    "({u}**2 + 1).log() * {v}",
    "1 + {u} - 2*{v}",
    "{u} / ({v}**2 + 2)",
)
"""Steps of a random graph; none of them leaves its domain or grows fast."""


def random_program(rng: np.random.Generator, steps: int) -> str:
    """Draw a program of two variables whose nodes are used again at random."""
    names, lines = ["a", "b"], []
    for step in range(steps):
        u, v = rng.choice(names, size=2)
        names.append(f"n{step}")
        lines.append(f"n{step} = ({rng.choice(OPERATIONS).format(u=u, v=v)}).tanh()")
    return "\n".join([*lines, f"f = {' + '.join(names)}"])


@hidden_test(check.Value)
def Value(Value: Any, rng: np.random.Generator, right: SimpleNamespace) -> Iterator[Observation]:
    """Equal to the right class and to central differences on random graphs; rules of calculus."""
    for steps in (3, 6, 9):
        program = random_program(rng, steps)
        a, b = (float(x) for x in rng.uniform(-1, 1, size=2))
        yield invariant(
            f"the derivatives of a random expression of {steps} steps equal central differences",
            partial(
                lambda program, a, b: _like_differences(
                    Value.differentiate(program, a=a, b=b), right.Value, program, a, b
                ),
                program,
                a,
                b,
            ),
        )
    a, b = (float(x) for x in rng.uniform(0.5, 1.5, size=2))
    yield invariant(
        "a function and its inverse: d/da log(exp a) = 1",
        lambda: np.isclose(Value.differentiate("a.exp().log()", a=a)["a"], 1),
    )
    yield invariant(
        "a homogeneous function of degree 2 keeps Euler's theorem: a f_a + b f_b = 2 f",
        lambda: _euler(Value.differentiate("a**3 / b + a*b", a=a, b=b), a, b),
    )


def _like_differences(
    given: dict[str, float], right: Any, program: str, a: float, b: float
) -> bool:
    def f(x: float, y: float) -> float:
        return right.differentiate(program, 0, a=x, b=y)["value"]

    h = 1e-5
    slopes = ((f(a + h, b) - f(a - h, b)) / (2 * h), (f(a, b + h) - f(a, b - h)) / (2 * h))
    return bool(
        np.isclose(given["value"], f(a, b))
        and np.allclose((given["a"], given["b"]), slopes, rtol=1e-6, atol=1e-7)
    )


def _euler(given: dict[str, float], a: float, b: float) -> bool:
    return bool(np.isclose(a * given["a"] + b * given["b"], 2 * given["value"]))
