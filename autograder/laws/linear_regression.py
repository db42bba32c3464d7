"""The laws that the hidden tests of unit 01 state."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import numpy as np

from autograder.examine import hidden
from course.checks import linear_regression as check
from course.checks.observe import Observation, law


@hidden(check.cost)
def cost(cost: Callable, rng: np.random.Generator, right: SimpleNamespace) -> Iterator[Observation]:
    """Zero exactly where the fit is exact; quadratic in the residuals."""
    X, theta, residual = rng.normal(size=(7, 3)), rng.normal(size=3), rng.normal(size=7)
    exact = X @ theta
    yield law("the cost of an exact fit is 0", lambda: abs(cost(X, exact, theta)) < 1e-12)
    yield law(
        "doubling every residual makes the cost four times as large",
        lambda: np.isclose(
            cost(X, exact + 2 * residual, theta), 4 * cost(X, exact + residual, theta)
        ),
    )
