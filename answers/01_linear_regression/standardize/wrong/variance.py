"""divided by the variance

It looks like you divide by the variance. It carries the square of the units: take its root.
"""


def standardize(X):
    X = as_arrays(X=X)[0]
    mean, std = X.mean(axis=0), X.var(axis=0)
    std[std == 0] = 1
    return (X - mean) / std, mean, std
