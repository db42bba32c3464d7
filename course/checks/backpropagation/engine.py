"""Probes of unit 03 for the class that differentiates."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from course.checks.check import exercise
from course.checks.observation import Observation, invariant

UNIT = "03_backpropagation"

DEPTH = 3000
"""Operations in a chain: three times as many as Python lets a function call itself."""

# Each operation alone, then graphs with shared nodes. Programs are text, which the interpreter of
# the student's class runs: only numbers are returned.
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

SLOPES = {"value": "the value", "a": "df/da", "b": "df/db"}
"""What `Value.differentiate` returns."""

LONG_SUM = f"""
f = a
for _ in range({DEPTH - 1}):
    f = f + a
"""

WAITING = "t = a + a; f = (t + t) + t"
"""Paths of unlike length from f to t; sums only, so that `backward` alone decides."""

DOUBLINGS = 40
MOST_LOOKS = 5000
"""A chain of doublings has 2⁴⁰ paths and 140 nodes; walks by nodes look at parents 200 times.

Every other doubling has a node on each of its two ways."""

DOUBLED = f"""
class Parents(tuple):
    looks = 0

    def look(self):
        Parents.looks += 1
        if Parents.looks > {MOST_LOOKS}:
            raise RuntimeError("backward follows each of 2**{DOUBLINGS} paths by itself")

    def __iter__(self):
        self.look()
        return super().__iter__()

    def __getitem__(self, place):
        self.look()
        return super().__getitem__(place)

f = a
for i in range({DOUBLINGS}):
    f = f + f if i % 2 else (f + 0) + (f + 0)
    f.parents = Parents(f.parents)
"""

ONE_AFTER_THE_OTHER = "A = a*b; B = A + a; A.backward(); f = B"


IN_AN_EXPRESSION = "t = a*b; u = t.exp(); F = u*t; F.backward(); f = a.of({})"
"""What stands in the nodes between the inputs and the result; `f` holds it as its value."""

SEEN_INSIDE = {
    "dF/dt of a node between": "t.derivative",
    "dF/du of a node between": "u.derivative",
    "dF/dF of the result": "F.derivative",
    "parents of F, each with its local derivative": "sum(n.value + 10*d for n, d in F.parents)",
    "the operations of F, u and t, words, and of a, empty": (
        "all(n.operation and isinstance(n.operation, str) for n in (F, u, t)) > bool(a.operation)"
    ),
}


@exercise()
def Value(Value: Any, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe value and derivatives of expressions, shallow, entangled, repeated and deep."""
    yield invariant(
        f"a node waits until all of its derivative has arrived: df/da of {WAITING}",
        lambda: Value.differentiate(WAITING, a=1.0)["a"] == 6,
    )
    for program in PROGRAMS:
        a, b = (float(x) for x in rng.uniform(0.4, 1.6, size=2))
        yield derivatives_of(Value, program, a, b)
    yield derivatives_of(Value, "a ** 2 + a*b", 0.0, 0.5)
    a, b = (float(x) for x in rng.uniform(0.4, 1.6, size=2))
    yield Observation(
        "df/da and df/db after f.backward() ran twice, f = (a*b).exp() + a",
        lambda: Value.differentiate("(a*b).exp() + a", 2, a=a, b=b),
        parts=SLOPES,
    )
    yield Observation(
        "dB/da and dB/db, where A = a*b and B = A + a went backward one after the other",
        lambda: Value.differentiate(ONE_AFTER_THE_OTHER, a=a, b=b),
        parts={"value": "the value of B", "a": "dB/da", "b": "dB/db"},
    )
    for name, shown in SEEN_INSIDE.items():
        yield Observation(
            f"{name}, where t = a*b, u = t.exp() and F = u*t went backward",
            partial(_value_of, Value, IN_AN_EXPRESSION.format(shown), a, b),
        )
    yield invariant(
        f"a sum of {DEPTH} terms goes backward: no function calls itself that often",
        lambda: abs(Value.differentiate(LONG_SUM, a=a)["a"] - DEPTH) < 1e-6,
    )
    yield invariant(
        f"{DOUBLINGS} doublings go backward node by node, and not once for every path",
        lambda: Value.differentiate(DOUBLED, a=a)["a"] == 2.0**DOUBLINGS,
    )


def _value_of(Value: Any, program: str, a: float, b: float) -> Any:
    return Value.differentiate(program, a=a, b=b)["value"]


def derivatives_of(Value: Any, program: str, a: float, b: float) -> Observation:
    """Observe value and derivatives of a program at (a, b)."""
    return Observation(
        f"{program} and its derivatives at a = {a:.3g}, b = {b:.3g}",
        lambda: Value.differentiate(program, a=a, b=b),
        parts=SLOPES,
    )
