"""What the instant checks of unit 01 look at."""

from collections.abc import Callable, Iterator

import numpy as np

from course.checks.check import exercise
from course.checks.observe import Observation, call, refuses

UNIT = "01_linear_regression"


@exercise()
def cost(cost: Callable, rng: np.random.Generator) -> Iterator[Observation]:
    """Observe the cost of a linear hypothesis on tables of several sizes."""
    for m, n in ((6, 2), (5, 3), (1, 1)):
        X, y, theta = rng.normal(size=(m, n)), rng.normal(size=m), rng.normal(size=n)
        yield call(cost, X=X, y=y, theta=theta)
    yield call(cost, X=[[1, 2], [1, 3]], y=[1, 1], theta=[0, 1])
    yield refuses(cost, "y has another length than X has rows", X, [1.0, 2.0, 3.0], theta)
