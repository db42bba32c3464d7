"""What unit 06 asks: how much fits into a memory, how a magnet loses its order."""

import math

import numpy as np

from course.predictions.question import CurveQuestion, NumberQuestion

UNIT = "06_memory"


def critical_load() -> float:
    """Return the load p/N up to which an infinite Hopfield network recalls.

    Without noise the overlap with a pattern is erf y, where y obeys erf y / y = √(2α) + 2e^(−y²)/√π
    at the load α; beyond the largest α that has a solution there is no recall.

    Source: D. Amit, H. Gutfreund, H. Sompolinsky, "Storing infinite numbers of patterns in a
    spin-glass model of neural networks", Phys. Rev. Lett. 55 (1985) 1530.
    """
    loads = [
        max(0.0, math.erf(y) / y - 2 / math.sqrt(math.pi) * math.exp(-(y**2))) ** 2 / 2
        for y in np.linspace(0.1, 4, 4000)
    ]
    return max(loads)


def magnetisation(temperature: np.ndarray) -> np.ndarray:
    """Return the size of the magnetisation per spin of the infinite square lattice.

    Source: C. N. Yang, "The spontaneous magnetization of a two-dimensional Ising model",
    Phys. Rev. 85 (1952) 808.
    """
    cold = np.maximum(0, 1 - np.sinh(2 / np.asarray(temperature)) ** -4.0)
    return cold ** (1 / 8)


QUESTIONS = (
    NumberQuestion(
        name="load_of_the_cliff",
        unit=UNIT,
        text="Random patterns are put into very many spins, and recall starts on one of them. From "
        "which load p/N on is much of it forgotten?",
        short="load beyond which recall fails",
        exercise="recall",
        quantity="load",
        symbol="p/N",
        low=0.02,
        high=1,
        steps=50,
        answer=critical_load,
        within=0.04,
    ),
    CurveQuestion(
        name="order_by_temperature",
        unit=UNIT,
        text="How large is the magnetisation of a very large lattice, the mean of its spins, from "
        "cold to hot? 1 means that all spins agree; order sets in at 2.27.",
        short="magnetisation over temperature",
        exercise="boltzmann_sample",
        x_label="temperature T (couplings)",
        y_label="size of the magnetisation per spin",
        places=tuple(np.linspace(1, 4, 13).tolist()),
        low=0,
        high=1,
        answer=magnetisation,
    ),
)
