"""Random generators by the state they are in."""

from typing import Any

import numpy as np

from .frames import WireError

KINDS = {name: getattr(np.random, name) for name in ("PCG64", "PCG64DXSM", "SFC64")}
"""Bit generators whose every state is sound. A state of MT19937 or Philox holds a position in a
buffer, which NumPy reads without looking whether it is inside."""
POSITIONS = {"MT19937": 624, "Philox": 4}


def state(generator: np.random.Generator) -> dict[str, Any] | None:
    """Return the state of a generator, None where its kind is not passed.

    Of one that gives out a number of draws, `course.checks.draw_budget`, what is left goes along.
    """
    state: Any = generator.bit_generator.state
    if state["bit_generator"] not in {*KINDS, *POSITIONS}:
        return None
    left = getattr(generator, "left", None)
    return state | {"left": left} if type(left) is int else state


def rebuilt(given: Any) -> np.random.Generator:
    """Return a new generator in a state.

    Raises
    ------
    WireError, ValueError, TypeError, KeyError
        If it is no state of a known kind.
    """
    name = given["bit_generator"]
    kind = KINDS.get(name) or getattr(np.random, {n: n for n in POSITIONS}[name])
    bits = kind(0)
    if name in POSITIONS:
        position = given["state"]["pos"] if name == "MT19937" else given["buffer_pos"]
        if type(position) is not int or not 0 <= position <= POSITIONS[name]:
            raise WireError("a generator that points outside its buffer")
    left = given.pop("left", None)
    bits.state = given
    if left is None:
        return np.random.Generator(bits)
    if type(left) is not int:
        raise WireError("a number of draws that is none")
    from course.checks.draw_budget import CountedGenerator

    return CountedGenerator(bits, left)
