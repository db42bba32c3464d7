"""What each unit asks; `course.predictions.questions` finds it by name.

Answers are computed when they are wanted, by the explorable that shows them where there is one:
explorables are imported only then.
"""

from course.predictions.units import (
    autoencoders,
    backpropagation,
    keras_mnist,
    linear_regression,
    memory,
    perceptron,
    roc,
    start_here,
)

UNITS = (
    start_here,
    linear_regression,
    perceptron,
    backpropagation,
    keras_mnist,
    roc,
    memory,
    autoencoders,
)
