"""The Ising model on a square lattice with periodic edges, heat bath on a checkerboard.

Sites of one colour have neighbours of the other colour only, so that a whole colour is set at
once, and every update is still one that asynchronous updates allow. Coupling 1, moment 1.
"""

import numpy as np

from course.notebook_guard import library_only

CRITICAL = 2 / np.log(1 + np.sqrt(2))
"""T_c = 2.269: L. Onsager, Phys. Rev. 65 (1944) 117."""


@library_only
def start(side: int, aligned: bool, rng: np.random.Generator) -> np.ndarray:
    """Return spins (side, side): all up, or each by chance. `side` must be even."""
    if aligned:
        return np.ones((side, side), dtype=np.int8)
    return np.where(rng.random((side, side)) < 0.5, 1, -1).astype(np.int8)


@library_only
def sweep(
    spins: np.ndarray, temperature: float, field: float, rng: np.random.Generator
) -> np.ndarray:
    """Return the spins after every site has been set once."""
    side = len(spins)
    new = spins.copy()
    # p(up) for the sums −4, −2, …, 4 of the four neighbours.
    cost = -2 * (np.arange(-4, 5, 2) + field) / temperature
    up = 1 / (1 + np.exp(np.clip(cost, -700, 700)))
    chance = rng.random((side, side), dtype=np.float32)
    for colour in (0, 1):
        around = neighbours(new)
        turned = np.where(chance < up[(around + 4) >> 1], 1, -1).astype(np.int8)
        black = _checkerboard(side) == colour
        new[black] = turned[black]
    return new


def neighbours(spins: np.ndarray) -> np.ndarray:
    """Return the sum of the four neighbours of every site."""
    return (
        np.roll(spins, 1, 0) + np.roll(spins, -1, 0) + np.roll(spins, 1, 1) + np.roll(spins, -1, 1)
    )


def energy(spins: np.ndarray, field: float) -> float:
    """Return the energy for each site: each pair of neighbours counts once."""
    values = spins.astype(float)
    pairs = values * (np.roll(values, 1, 0) + np.roll(values, 1, 1))
    return float(-(pairs + field * values).mean())


def _checkerboard(side: int) -> np.ndarray:
    row, column = np.indices((side, side))
    return (row + column) % 2
