"""What unit 03 asks: which path carries the derivative, what a squared error costs."""

import math

from course.predictions.question import ChoiceQuestion, NumberQuestion

UNIT = "03_backpropagation"


def steps_of_the_squared_error() -> int:
    """Return the steps of length α = 0.5 from z = −6 until p = σ(z) is one half, the label 1."""
    z, steps = -6.0, 0
    while z < 0:
        p = 1 / (1 + math.exp(-z))
        z, steps = z - 0.5 * (p - 1) * p * (1 - p), steps + 1
    return steps


QUESTIONS = (
    ChoiceQuestion(
        name="sine_or_factor",
        unit=UNIT,
        text="At x = 1.2, which path carries more of dJ/dt?",
        short="which path carries more of a derivative",
        exercise="j_backward",
        options={
            "the one through the sine": "The local derivative of sin t is cos t, and cos 1.44 = "
            "0.13.",
            "the one through the factor 3": "Its local derivative is 3 everywhere, that of the "
            "sine cos 1.44 = 0.13.",
            "both carry the same": "They end in the same sum, but their local derivatives differ: "
            "cos 1.44 = 0.13 and 3.",
        },
        answer="the one through the factor 3",
    ),
    NumberQuestion(
        name="steps_of_the_squared_error",
        unit=UNIT,
        text="A unit says p = 0.002, and the label is 1. With cross-entropy it takes 14 steps of "
        "α = 0.5 until it says one half. How many with the squared error?",
        short="steps with the squared error",
        exercise="logistic_backward",
        quantity="number of steps",
        low=1,
        high=100_000,
        steps=101,
        log=True,
        whole=True,
        answer=steps_of_the_squared_error,
        within=2,
    ),
)
