"""What unit 01 asks: costs over steps, and how long a small learning rate takes."""

import numpy as np

from course.data import hubble1929
from course.predictions.question import CurveQuestion, NumberQuestion

UNIT = "01_linear_regression"


def costs_of_a_small_rate(steps: np.ndarray) -> np.ndarray:
    """Return J after `steps`, in thousands, as the explorable Descent has it at *too small*."""
    from course.explore.linear_regression.descent import Descent

    descent = Descent()
    costs = descent.compute(descent.state_with(descent.presets["too small"])).arrays["costs"]
    return np.interp(steps, np.arange(len(costs)), costs) / 1000


def steps_at_a_tenth(alpha: float = 0.09, tolerance: float = 1e-6) -> int:
    """Return the steps of gradient descent on Hubble's data from 0, as the unit's text takes them.

    It stops where both partial derivatives are smaller than `tolerance`.
    """
    distance, velocity = hubble1929()
    X = np.column_stack([np.ones_like(distance), distance])
    theta, steps = np.zeros(2), 0
    while np.abs(slope := X.T @ (X @ theta - velocity) / len(velocity)).max() >= tolerance:
        theta, steps = theta - alpha * slope, steps + 1
    return steps


QUESTIONS = (
    CurveQuestion(
        name="costs_of_a_small_rate",
        unit=UNIT,
        text="How does the cost J fall from step to step when α is far too small? The first run "
        "begins at 328 thousand; the least J there is lies near 25 thousand.",
        short="cost over steps, α too small",
        exercise="gradient_descent",
        x_label="step",
        y_label="J (thousands of km²/s²)",
        places=tuple(range(0, 61, 5)),
        low=0,
        high=350,
        answer=costs_of_a_small_rate,
    ),
    NumberQuestion(
        name="steps_at_a_tenth",
        unit=UNIT,
        text="With α = 0.9 the descent took 108 steps. How many does it take with α = 0.09?",
        short="steps with a tenth of α",
        exercise="standardize",
        quantity="number of steps",
        low=10,
        high=10_000,
        steps=61,
        log=True,
        whole=True,
        answer=steps_at_a_tenth,
        within=1.3,
    ),
)
