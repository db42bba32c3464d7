"""What unit 05 asks: which rates move, the curve of a classifier that knows nothing, purity."""

import numpy as np

from course.predictions.question import ChoiceQuestion, CurveQuestion, NumberQuestion

UNIT = "05_roc"


def curve_of_equal_scores(fpr: np.ndarray) -> np.ndarray:
    """Return the TPR where all scores are equal: one step from (0, 0) to (1, 1)."""
    return np.interp(fpr, [0, 1], [0, 1])


def precision_of_a_rare_signal() -> float:
    """Return the precision at FPR = 0.01 and TPR = 0.5 with one signal event in 134."""
    signal, background = 0.5 / 134, 0.01 * 133 / 134
    return signal / (signal + background)


QUESTIONS = (
    ChoiceQuestion(
        name="a_lower_threshold",
        unit=UNIT,
        text="You pull the threshold down. What do the two rates do?",
        short="the rates at a lower threshold",
        exercise="counts_at",
        options={
            "TPR rises, FPR falls": "Whatever passes more signal passes more background too.",
            "TPR falls, FPR rises": "More events pass, signal among them: no count of what passes "
            "can fall.",
            "both rise": "More events of both classes pass.",
            "both fall": "That is what they do when the threshold is raised.",
        },
        answer="both rise",
    ),
    CurveQuestion(
        name="equal_scores",
        unit=UNIT,
        text="A silly classifier gives every event the score 0.7. What is its ROC curve?",
        short="ROC curve of equal scores",
        exercise="roc_curve",
        x_label="FPR",
        y_label="TPR",
        places=tuple(np.linspace(0, 1, 11).round(1).tolist()),
        low=0,
        high=1,
        answer=curve_of_equal_scores,
    ),
    NumberQuestion(
        name="purity_of_a_rare_signal",
        unit=UNIT,
        text="At FPR = 0.01 and TPR = 0.5 your sample is 98 % pure if both classes are equally "
        "common. How pure is it with one signal event in 134?",
        short="precision with a rare signal",
        exercise="precision_recall",
        quantity="precision",
        low=0,
        high=1,
        steps=51,
        answer=precision_of_a_rare_signal,
        within=0.07,
    ),
)
