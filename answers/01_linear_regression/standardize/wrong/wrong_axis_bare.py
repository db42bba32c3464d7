"""standardised along rows"""


def standardize(X):
    (X,) = as_arrays(X=X)
    mean, std = X.mean(axis=1), X.std(axis=1)
    std[std == 0] = 1
    return (X - mean) / std, mean, std
