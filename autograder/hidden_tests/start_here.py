"""Hidden test of unit 00."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import numpy as np

from autograder.hidden_tests.hidden_test import hidden_test
from course.checks import start_here as check
from course.checks.observation import Observation, invariant


@hidden_test(check.period)
def period(
    period: Callable, rng: np.random.Generator, right: SimpleNamespace
) -> Iterator[Observation]:
    """How a pendulum's period scales."""
    length, g = float(rng.uniform(0.3, 3)), float(rng.uniform(2, 20))
    yield invariant(
        "a pendulum four times as long swings half as fast",
        lambda: np.isclose(period(4 * length, g), 2 * period(length, g)),
    )
    yield invariant(
        "length and g grown by the same factor leave the period as it is",
        lambda: np.isclose(period(3 * length, 3 * g), period(length, g)),
    )
