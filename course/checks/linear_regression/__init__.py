"""Probes of unit 01. Mistakes and their hints: `answers/01_linear_regression/EXERCISE/wrong/`."""

from course.checks.linear_regression.samples import fit_and_test, sgd, split
from course.checks.linear_regression.straight_line import (
    cost,
    gradient,
    gradient_descent,
    losses,
    predict,
    standardize,
)

__all__ = [
    "cost",
    "fit_and_test",
    "gradient",
    "gradient_descent",
    "losses",
    "predict",
    "sgd",
    "split",
    "standardize",
]
