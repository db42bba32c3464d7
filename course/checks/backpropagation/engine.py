"""Unit 03, the class that differentiates: what its expressions give."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course.checks.check import exercise
from course.checks.observe import Observation, law

UNIT = "03_backpropagation"

DEPTH = 3000
"""Operations in a chain: three times as many as Python lets a function call itself."""

Expression = Callable[..., Any]
"""Takes nodes, returns the node of the result."""

# Each operation by itself, then graphs in which nodes meet again.
EXPRESSIONS: tuple[tuple[str, Expression], ...] = (
    ("a + b", lambda a, b: a + b),
    ("a * b", lambda a, b: a * b),
    ("a * 3 + 2", lambda a, b: a * 3 + 2),
    ("2 + a", lambda a, b: 2 + a),
    ("3 * a", lambda a, b: 3 * a),
    ("a ** 3", lambda a, b: a**3),
    ("a ** -2", lambda a, b: a**-2),
    ("a ** 0.5", lambda a, b: a**0.5),
    ("a.exp()", lambda a, b: a.exp()),
    ("a.log()", lambda a, b: a.log()),
    ("a.tanh()", lambda a, b: a.tanh()),
    ("a / b - 1 / a", lambda a, b: a / b - 1 / a),
    ("a * a", lambda a, b: a * a),
    ("(a * b).exp() * a", lambda a, b: (a * b).exp() * a),
    ("(a * b).tanh() + (a ** 2).log()", lambda a, b: (a * b).tanh() + (a**2).log()),
    ("sum([a, b, a])", lambda a, b: sum([a, b, a])),
)


def shared(a: Any, b: Any) -> Any:
    """Use one node early and late, so that it hears from far and near."""
    t = a * b
    return (t + (t * t + b).tanh()) * t


def deck(a: Any, b: Any) -> Any:
    """Compute the lecture deck's J = cos(sin x² + 3x²)."""
    t = a**2
    return (t.sin() + t * 3).cos()


@exercise()
def Value(Value: Any, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe value and derivatives of expressions, shallow, entangled, repeated and deep."""
    named = (*EXPRESSIONS, ("t = a*b; (t + tanh(t*t + b)) * t", shared), ("the deck's J(a)", deck))
    for text, expression in named:
        a, b = (float(x) for x in rng.uniform(0.4, 1.6, size=2))
        yield differentiated(Value, text, expression, a, b)
    a, b = (float(x) for x in rng.uniform(0.4, 1.6, size=2))
    yield Observation(
        "dJ/da and dJ/db after J.backward() ran twice, J = (a*b).exp() + a",
        lambda: derivatives(Value, lambda x, y: (x * y).exp() + x, a, b, times=2),
    )
    yield Observation(
        "dB/da, where A = a*b and B = A + a went backward one after the other",
        lambda: one_after_the_other(Value, a, b),
    )
    yield law(
        f"a sum of {DEPTH} terms goes backward: no function calls itself that often",
        lambda: abs(derivatives(Value, long_sum, a, b)["d/da"] - DEPTH) < 1e-6,
    )


def differentiated(
    Value: Any, text: str, expression: Expression, a: float, b: float
) -> Observation:
    """Observe value and derivatives of an expression at (a, b)."""
    return Observation(
        f"{text} at a = {a:.3g}, b = {b:.3g}", lambda: derivatives(Value, expression, a, b)
    )


def derivatives(
    Value: Any, expression: Expression, a: float, b: float, times: int = 1
) -> dict[str, float]:
    """Return the value of an expression and its derivatives, after `times` sweeps backward."""
    one, two = Value(a), Value(b)
    result = expression(one, two)
    for _ in range(times):
        result.backward()
    return {"value": result.value, "d/da": one.derivative, "d/db": two.derivative}


def one_after_the_other(Value: Any, a: float, b: float) -> float:
    """Differentiate two results that share nodes; return what the second leaves."""
    one, two = Value(a), Value(b)
    first = one * two
    second = first + one
    first.backward()
    second.backward()
    return one.derivative


def long_sum(a: Any, b: Any) -> Any:
    """Add `a` to itself until the graph is deep."""
    total = a
    for _ in range(DEPTH - 1):
        total = total + a
    return total
