"""the mean added twice

It looks like the mean is added twice. Adding it once, at the end, undoes the subtraction.
"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    return (X - mean) @ C @ C.T + 2 * mean
