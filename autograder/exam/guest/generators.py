"""Random generators by their state."""

from typing import Any

import numpy as np

from .channel import ProtocolError

BIT_GENERATORS = {name: getattr(np.random, name) for name in ("PCG64", "PCG64DXSM", "SFC64")}
"""Bit generators of which every state is valid. A state of MT19937 or Philox holds a position in a
buffer, and NumPy reads there without a bounds check."""
BUFFER_SIZES = {"MT19937": 624, "Philox": 4}

MAX_WORDS = 64
"""Numbers in the entropy or the key of a seed sequence."""
MAX_CHILDREN = 100_000
"""Children that `spawn` may have made of one generator."""


def to_state(generator: np.random.Generator) -> dict[str, Any] | None:
    """Return the state of a generator, None if its kind is not passed.

    What `spawn` makes children from is included, and the rest of its budget of draws if it has one
    (`course.checks.draw_budget`).
    """
    state: Any = generator.bit_generator.state
    if state["bit_generator"] not in {*BIT_GENERATORS, *BUFFER_SIZES}:
        return None
    passed: dict[str, Any] = dict(state)
    seeds = generator.bit_generator.seed_seq
    if isinstance(seeds, np.random.SeedSequence):
        entropy: Any = seeds.entropy  # what was given, numbers of NumPy's and arrays included
        passed["seeds"] = seeds.state | {
            "entropy": [int(word) for word in entropy] if np.ndim(entropy) else int(entropy),
            "spawn_key": tuple(int(word) for word in seeds.spawn_key),
        }
    left = getattr(generator, "left", None)
    if type(left) is int:
        passed["left"] = left
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
    bits = kind(_seeds(state.pop("seeds", None)))
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


def update(old: np.random.Generator, new: np.random.Generator) -> None:
    """Bring a generator to where a later copy of it is, the number of its children included."""
    before, after = old.bit_generator, new.bit_generator
    if type(before) is not type(after):
        return
    before.state = after.state
    ours, theirs = before.seed_seq, after.seed_seq
    if isinstance(ours, np.random.SeedSequence) and isinstance(theirs, np.random.SeedSequence):
        # The number cannot be set: NumPy counts what it spawns.
        ours.spawn(max(0, theirs.n_children_spawned - ours.n_children_spawned))


def _seeds(state: Any) -> np.random.SeedSequence:
    """Return the seed sequence in a state; one of no meaning where there is none."""
    if state is None:
        return np.random.SeedSequence(0)
    entropy, key, children = state["entropy"], state["spawn_key"], state["n_children_spawned"]
    words = [*(entropy if isinstance(entropy, list | tuple) else [entropy]), *key]
    if len(words) > MAX_WORDS or not all(type(word) is int and word >= 0 for word in words):
        raise ProtocolError("a seed sequence that is not made of a few numbers")
    if type(children) is not int or not 0 <= children <= MAX_CHILDREN:
        raise ProtocolError("a seed sequence with too many children")
    return np.random.SeedSequence(entropy, spawn_key=key, n_children_spawned=children)
