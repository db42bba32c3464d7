"""the constant column is left out

It looks like a column that never changes is left out of Z. Keep it, as zeros: Z has the shape
of X.

Breaks: Z : ndarray, shape
"""


def standardize(X):
    (X,) = as_arrays(X=X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    varies = std > 0
    X, mean, std = X[:, varies], mean[varies], std[varies]  # by rounding, the std of a column of 0.1 is not quite 0
    return (X - mean) / std, mean, std
