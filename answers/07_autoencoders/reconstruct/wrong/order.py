"""the factors in the wrong order

It looks like C and its transpose are in the wrong order: (m, n) times (n, k) gives the code, and
only then comes (k, n).
"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    return (X - mean) @ C.T @ C + mean
