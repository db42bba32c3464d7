"""Probes of unit 00."""

from collections.abc import Callable, Iterator

import numpy as np

from course.checks.check import exercise
from course.checks.observation import Observation, call, refuses

UNIT = "00_start_here"


@exercise()
def period(period: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the period of pendulums of several lengths, on Earth and elsewhere."""
    for g in (1.62, 3.71, 24.8):
        yield call(period, length=float(rng.uniform(0.2, 4)), g=g)
    yield call(period, length=float(rng.uniform(0.2, 4)))
    yield call(period, length=2, g=8)
    yield refuses(period, "length is not above 0", 0.0)
    yield refuses(period, "g is not above 0", 1.0, -9.81)
