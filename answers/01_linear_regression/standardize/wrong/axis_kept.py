"""mean and std are tables

It looks like mean and std keep a row of their own, shape (1, n), as keepdims makes them. They
are rows of n numbers.

Breaks: mean, std : ndarrays, shape
"""


def standardize(X):
    (X,) = as_arrays(X=X)
    mean, std = X.mean(axis=0, keepdims=True), X.std(axis=0, keepdims=True)
    std[std == 0] = 1  # by rounding, the std of a column of 0.1 is not quite 0
    return (X - mean) / std, mean, std
