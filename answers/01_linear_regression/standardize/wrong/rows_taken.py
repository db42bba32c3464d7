"""one row is taken for a table

It looks like a single row of numbers, or one with NaN in it, goes through. The stub's first
line refuses what is no table of numbers: leave it in place.

Breaks: If X is not a table
"""


def standardize(X):
    X = np.array(X, dtype=float)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[np.ptp(X, axis=0) == 0] = 1  # by rounding, the std of a column of 0.1 is not quite 0
    return (X - mean) / std, mean, std
