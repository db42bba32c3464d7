"""Random generators by their state."""

from typing import Any

import numpy as np

from .channel import ProtocolError

BIT_GENERATORS = {name: getattr(np.random, name) for name in ("PCG64", "PCG64DXSM", "SFC64")}
"""Bit generators of which every state is valid. A state of MT19937 or Philox holds a position in a
buffer, and NumPy reads there without a bounds check."""
BUFFER_SIZES = {"MT19937": 624, "Philox": 4}


def to_state(generator: np.random.Generator) -> dict[str, Any] | None:
    """Return the state of a generator, None if its kind is not passed.

    If it has a budget of draws (`course.checks.draw_budget`), the rest of the budget is included.
    """
    state: Any = generator.bit_generator.state
    if state["bit_generator"] not in {*BIT_GENERATORS, *BUFFER_SIZES}:
        return None
    left = getattr(generator, "left", None)
    passed: dict[str, Any] = state | {"left": left} if type(left) is int else state
    return passed


def from_state(state: Any) -> np.random.Generator:
    """Return a new generator in a state.

    Raises
    ------
    ProtocolError, ValueError, TypeError, KeyError
        If it is no state of a known kind.
    """
    name = state["bit_generator"]
    kind = BIT_GENERATORS.get(name) or getattr(np.random, {n: n for n in BUFFER_SIZES}[name])
    bits = kind(0)
    if name in BUFFER_SIZES:
        position = state["state"]["pos"] if name == "MT19937" else state["buffer_pos"]
        if type(position) is not int or not 0 <= position <= BUFFER_SIZES[name]:
            raise ProtocolError("a generator whose position is outside its buffer")
    left = state.pop("left", None)
    bits.state = state
    if left is None:
        return np.random.Generator(bits)
    if type(left) is not int:
        raise ProtocolError("a number of draws that is not an integer")
    from course.checks.draw_budget import CountedGenerator

    return CountedGenerator(bits, left)
