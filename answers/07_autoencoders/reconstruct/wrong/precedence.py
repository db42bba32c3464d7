"""the mean alone projected

It looks like only the mean goes through C, because a product goes before a minus. Put brackets
around the difference.
"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    return X - mean @ C @ C.T + mean
