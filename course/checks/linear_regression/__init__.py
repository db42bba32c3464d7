"""Probes of unit 01."""

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
