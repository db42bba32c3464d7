"""The course's own Hopfield network, for the explorable: it keeps every single update.

Source: J. Hopfield, PNAS 79 (1982) 2554; heat-bath updates at a temperature: D. Amit, "Modeling
Brain Function" (1989), chapter 4.
"""

import itertools
from collections.abc import Sequence

import numpy as np

from course.notebook_guard import library_only


@library_only
def store(patterns: np.ndarray) -> np.ndarray:
    """Return Hebb's couplings (N, N) of `patterns` (p, N), 0 along the diagonal."""
    together = patterns.T @ patterns / patterns.shape[1]
    return together - np.diag(together.diagonal())


@library_only
def settle(
    s0: np.ndarray, W: np.ndarray, temperature: float, sweeps: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Update spin by spin; return all states (sweeps N + 1, N) and their energies.

    Thresholds are 0. At temperature 0 a spin without a field becomes +1, as deck 002 has it.
    """
    s, n = np.array(s0, dtype=float), len(s0)
    path, energies = np.empty((sweeps * n + 1, n)), np.empty(sweeps * n + 1)
    field = W @ s
    path[0], energies[0] = s, -0.5 * s @ field
    order = np.concatenate([rng.permutation(n) for _ in range(sweeps)])
    if temperature > 0:  # on if the field is above a threshold drawn from the logistic law
        bars = 0.5 * temperature * rng.logistic(size=len(order))
    else:
        bars = np.zeros(len(order))
    for step, i in enumerate(order):
        new = 1.0 if field[i] >= bars[step] else -1.0
        energies[step + 1] = energies[step]
        if new != s[i]:
            energies[step + 1] -= (new - s[i]) * field[i]
            field += (new - s[i]) * W[i]
            s[i] = new
        path[step + 1] = s
    return path, energies


@library_only
def is_fixed(s: np.ndarray, W: np.ndarray) -> bool:
    """Tell whether no single spin of `s` wants to turn at temperature 0."""
    return bool(np.array_equal(np.where(W @ s >= 0, 1.0, -1.0), s))


@library_only
def name_state(s: np.ndarray, W: np.ndarray, patterns: np.ndarray, names: Sequence[str]) -> str:
    """Say what a state is: a stored pattern, its negative, a mixture of three, or something else.

    A state within one spin in fifty of a pattern counts as that pattern.
    """
    overlap = patterns @ s / len(s)
    near = int(np.abs(overlap).argmax())
    if overlap[near] >= 0.96:
        return f"the stored {names[near]}"
    if overlap[near] <= -0.96:
        return f"the negative of {names[near]}, a spurious state that nobody stored"
    for three in itertools.combinations(range(len(patterns)), 3):
        signs = np.sign(overlap[list(three)])
        mixed = np.sign(signs @ patterns[list(three)])
        if mixed @ s / len(s) >= 0.96:
            told = ", ".join(
                ("" if sign > 0 else "minus ") + names[i]
                for sign, i in zip(signs, three, strict=True)
            )
            return f"the majority vote of {told}: a mixture, a spurious state that nobody stored"
    if is_fixed(s, W):
        return f"a spurious state that nobody stored; nearest is {names[near]}"
    return f"no state of rest; nearest is {names[near]}"
