"""to the other side

It looks like the code comes back with its sign turned, so points land mirrored at the mean.
"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    return mean - (X - mean) @ C @ C.T
