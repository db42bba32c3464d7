"""divided by m − 1 in the variance

It looks like the variance divides by m − 1. Here it is the mean of the squares, with m below,
so that each column of Z has variance exactly 1.

Breaks: Shift and scale every column
"""


def standardize(X):
    X = as_arrays(X=X)[0]
    mean, std = X.mean(axis=0), X.std(axis=0, ddof=1)
    std[std == 0] = 1
    return (X - mean) / std, mean, std
