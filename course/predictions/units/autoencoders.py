"""What unit 07 asks: what turning axes does to variance, and how flat a film is."""

import numpy as np

from course.data.pendulum import pendulum
from course.predictions.question import ChoiceQuestion, NumberQuestion

UNIT = "07_autoencoders"


def axes_of_the_film() -> int:
    """Return how many principal axes hold 95 % of the variance of the unit's film."""
    film, _ = pendulum(400, np.random.default_rng(7))
    variances = np.linalg.svd(film - film.mean(axis=0), compute_uv=False) ** 2
    return int(np.searchsorted(np.cumsum(variances) / variances.sum(), 0.95)) + 1


QUESTIONS = (
    ChoiceQuestion(
        name="variance_while_turning",
        unit=UNIT,
        text="The axes turn until they are the principal ones. What does the total variance do, "
        "the sum over all axes?",
        short="total variance while axes turn",
        exercise="pca",
        options={
            "It grows.": "The first axis gains what the others lose.",
            "It stays as it is.": "It is the mean square distance from the middle, and turning "
            "changes no distance.",
            "It shrinks.": "What the later axes lose goes to the first.",
            "It grows and shrinks again.": "No moment of the turn differs: all distances stay.",
        },
        answer="It stays as it is.",
    ),
    NumberQuestion(
        name="axes_of_the_film",
        unit=UNIT,
        text="One coordinate lies behind the film. How many axes does PCA need to keep 95 % of its "
        "variance?",
        short="principal axes of the pendulum's film",
        exercise="reconstruct",
        quantity="number of axes",
        low=1,
        high=20,
        steps=20,
        whole=True,
        answer=axes_of_the_film,
        within=1,
    ),
)
