"""a constant column becomes 1

It looks like a column that never changes becomes 1 instead of 0. It is shifted to mean 0 as any
other.

Breaks: a constant column of X
"""


def standardize(X):
    (X,) = as_arrays(X=X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[np.ptp(X, axis=0) == 0] = 1  # by rounding, the std of a column of 0.1 is not quite 0
    Z = (X - mean) / std
    Z[:, np.ptp(X, axis=0) == 0] = 1
    return Z, mean, std
