"""Unit 03, the class that differentiates: what its expressions give."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from course.checks.check import exercise
from course.checks.observe import Observation, law

UNIT = "03_backpropagation"

DEPTH = 3000
"""Operations in a chain: three times as many as Python lets a function call itself."""

# Each operation by itself, then graphs in which nodes meet again. Programs are text, which the
# student's class runs where it lives: only numbers come back.
PROGRAMS = (
    "a + b",
    "a * b",
    "a*3 + 2",
    "2 + a",
    "3 * a",
    "a ** 3",
    "a ** -2",
    "a ** 0.5",
    "a.exp()",
    "a.log()",
    "a.tanh()",
    "a/b - 1/a",
    "a * a",
    "(a*b).exp() * a",
    "(a*b).tanh() + (a**2).log()",
    "sum([a, b, a])",
    "t = a*b; f = (t + (t*t + b).tanh()) * t",
    "t = a**2; f = (t.sin() + t*3).cos()",
)

LONG_SUM = f"""
f = a
for _ in range({DEPTH - 1}):
    f = f + a
"""

ONE_AFTER_THE_OTHER = "A = a*b; B = A + a; A.backward(); f = B"


@exercise()
def Value(Value: Any, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe value and derivatives of expressions, shallow, entangled, repeated and deep."""
    for program in PROGRAMS:
        a, b = (float(x) for x in rng.uniform(0.4, 1.6, size=2))
        yield differentiated(Value, program, a, b)
    a, b = (float(x) for x in rng.uniform(0.4, 1.6, size=2))
    yield Observation(
        "df/da and df/db after f.backward() ran twice, f = (a*b).exp() + a",
        lambda: Value.differentiate("(a*b).exp() + a", 2, a=a, b=b),
    )
    yield Observation(
        "dB/da and dB/db, where A = a*b and B = A + a went backward one after the other",
        lambda: Value.differentiate(ONE_AFTER_THE_OTHER, a=a, b=b),
    )
    yield law(
        f"a sum of {DEPTH} terms goes backward: no function calls itself that often",
        lambda: abs(Value.differentiate(LONG_SUM, a=a)["a"] - DEPTH) < 1e-6,
    )


def differentiated(Value: Any, program: str, a: float, b: float) -> Observation:
    """Observe value and derivatives of a program at (a, b)."""
    return Observation(
        f"{program} and its derivatives at a = {a:.3g}, b = {b:.3g}",
        lambda: Value.differentiate(program, a=a, b=b),
    )
