"""a small spread taken for none"""


def standardize(X):
    (X,) = as_arrays(X=X)
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[np.isclose(std, 0)] = 1  # by rounding, the std of a column of 0.1 is not quite 0
    return (X - mean) / std, mean, std
