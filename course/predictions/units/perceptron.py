"""What unit 02 asks: when Rosenblatt's rule moves, and what more bumps are good for."""

from course.predictions.question import ChoiceQuestion, NumberQuestion

UNIT = "02_perceptron"


def error_of_sixteen_bumps() -> float:
    """Return the largest error of 16 bumps, as the explorable Bumps has it where it opens."""
    from course.explore.perceptron.bumps import Bumps

    bumps = Bumps()
    return float(bumps.compute(bumps.state_with({"n_bumps": 16})).scalars["above"])


QUESTIONS = (
    ChoiceQuestion(
        name="a_sample_that_is_right",
        unit=UNIT,
        text="The rule looks at a sample that is on its right side already. What does the line do?",
        short="the rule at a sample that is right",
        exercise="perceptron_fit",
        options={
            "Nothing.": "The rule learns from mistakes only.",
            "It moves away from the sample, to be safer.": "No margin is asked for: a sample that "
            "is right changes neither w nor b.",
            "It moves a little, less than at a mistake.": "The move does not fade out: it is whole "
            "at a mistake and none at all elsewhere.",
            "It turns towards the next mistake.": "The rule sees one sample at a time and knows of "
            "no other.",
        },
        answer="Nothing.",
    ),
    NumberQuestion(
        name="twice_as_many_bumps",
        unit=UNIT,
        text="Eight bumps follow the curve with a largest error of 0.76. How large is it with "
        "sixteen?",
        short="largest error of twice as many bumps",
        exercise="approximate",
        quantity="largest error",
        low=0,
        high=1.5,
        steps=61,
        answer=error_of_sixteen_bumps,
        within=0.08,
    ),
)
