"""the mean of these samples

It looks like the mean is computed from X. Use the one you are given: these samples may be others
than it was learned from.

Breaks: Any samples, not only
"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    mean = X.mean(axis=0)
    return (X - mean) @ C @ C.T + mean
