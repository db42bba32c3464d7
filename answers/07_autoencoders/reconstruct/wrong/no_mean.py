"""no mean at all

It looks like you project on the plane through the origin. The plane goes through the mean: subtract
it before, add it after.

Breaks: Return the points of
"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    return X @ C @ C.T
