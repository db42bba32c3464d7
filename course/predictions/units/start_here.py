"""What unit 00 asks: a path with tiny steps, an error's last line."""

from course.predictions.question import ChoiceQuestion

UNIT = "00_start_here"

QUESTIONS = (
    ChoiceQuestion(
        name="path_of_tiny_steps",
        unit=UNIT,
        text="On the left a path is to run downhill, in 60 steps. What becomes of it if you make "
        "the learning rate α, its step length, much smaller?",
        short="a path with a tiny learning rate",
        options={
            "It is still high on the slope at its end.": "A step is α times the slope.",
            "It finds the same way down, to the same place.": "It finds the way, but sixty tiny "
            "steps do not reach the end of it.",
            "It swings from wall to wall.": "That is what steps do that are too long.",
            "It runs uphill.": "A step leads downhill, however small; only one that is far too "
            "long lands higher.",
        },
        answer="It is still high on the slope at its end.",
    ),
    ChoiceQuestion(
        name="last_line_of_an_error",
        unit=UNIT,
        text="You spell velocity_km_s wrongly in the cell's second line. How does the last line of "
        "what Python says begin?",
        short="the last line of an error",
        options={
            "SyntaxError": "The line is good Python: it asks for a name that nobody has given.",
            "NameError": "Python knows no such name.",
            "TypeError": "That was the first mistake, a word times a number; here already the name "
            "is unknown.",
            "Python says nothing and corrects it.": "Python never guesses.",
        },
        answer="NameError",
    ),
)
