"""not divided by the standard deviation

It looks like the columns are centred but not scaled: a feature near 2000 still outweighs one
near 0.04.
"""


def standardize(X):
    X = as_arrays(X=X)[0]
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[std == 0] = 1
    return X - mean, mean, std
