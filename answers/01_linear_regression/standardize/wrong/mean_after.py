"""std and mean in the wrong order

Your numbers are right but come back in another order. The docstring says Z, then mean, then
std.

Breaks: Z * std + mean gives
"""


def standardize(X):
    X = as_arrays(X=X)[0]
    mean, std = X.mean(axis=0), X.std(axis=0)
    std[std == 0] = 1
    return (X - mean) / std, std, mean
