"""a small number added to std

It looks like a small number is added to every std to avoid dividing by 0. It spoils columns of
small units: change only the std of a column that never varies.
"""


def standardize(X):
    (X,) = as_arrays(X=X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std = std + 1e-8  # by rounding, the std of a column of 0.1 is not quite 0
    return (X - mean) / std, mean, std
