"""a small spread taken for none

It looks like a column counts as constant when its std is below a fixed number. What is small
depends on the units: ask whether the column varies at all.

Breaks: Shift and scale every column
"""


def standardize(X):
    (X,) = as_arrays(X=X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[std < 1e-6] = 1  # by rounding, the std of a column of 0.1 is not quite 0
    return (X - mean) / std, mean, std
