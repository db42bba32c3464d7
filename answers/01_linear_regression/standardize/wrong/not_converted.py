"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: X : array_like, shape
"""


def standardize(X):
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[np.ptp(X, axis=0) == 0] = 1  # by rounding, the std of a column of 0.1 is not quite 0
    return (X - mean) / std, mean, std
