"""division before subtraction

It looks like only the mean is divided by std, because division goes first. Put brackets around
the difference.
"""


def standardize(X):
    (X,) = as_arrays(X=X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[np.ptp(X, axis=0) == 0] = 1  # by rounding, the std of a column of 0.1 is not quite 0
    return X - mean / std, mean, std
