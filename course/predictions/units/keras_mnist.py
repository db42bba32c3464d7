"""What unit 04 asks: losses by learning rate, and a letter among digits."""

import numpy as np

from course.predictions.question import ChoiceQuestion, CurveQuestion

UNIT = "04_keras_mnist"


def loss_by_rate(powers: np.ndarray) -> np.ndarray:
    """Return the validation loss after 30 epochs at α = 10^`powers`, as LearningRates has it."""
    from course.explore.keras_mnist.learning_rates import LearningRates

    rates = LearningRates()
    arrays = rates.compute(rates.state).arrays
    return np.exp(np.interp(powers, np.log10(arrays["rates"]), np.log(arrays["reached"])))


QUESTIONS = (
    CurveQuestion(
        name="loss_by_rate",
        unit=UNIT,
        text="The same network is trained for 30 epochs by Adam, at rates α from 0.00001 to 1. "
        "Guessing has a loss of 2.3. What loss does it reach on the validation set?",
        short="validation loss over learning rates",
        exercise="train",
        x_label="power of ten of α (−3 is Adam's default)",
        y_label="validation loss",
        places=tuple(np.linspace(-5, 0, 11).tolist()),
        low=0.1,
        high=10,
        log=True,
        answer=loss_by_rate,
        within=0.1,
    ),
    ChoiceQuestion(
        name="a_letter",
        unit=UNIT,
        text="You draw a letter A. What does the network say?",
        short="a letter, shown to a network for digits",
        options={
            "a digit": "Its ten numbers sum to 1, and none of the ten classes is called “none”.",
            "that it does not know": "It has no output for that: its ten numbers sum to 1, "
            "whatever it is shown.",
            "0.1 for each digit": "It would have to be trained for that; a stroke that looks like "
            "part of a digit pulls towards it.",
            "nothing: it stops with an error": "A letter is 784 grey levels like any picture.",
        },
        answer="a digit",
    ),
)
