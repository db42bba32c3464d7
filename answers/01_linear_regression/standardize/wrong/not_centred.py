"""mean not subtracted

It looks like you divide by the standard deviation but leave the mean in. Shift each column to
mean 0 first.
"""


def standardize(X):
    X = as_arrays(X=X)[0]
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[std == 0] = 1
    return X / std, mean, std
