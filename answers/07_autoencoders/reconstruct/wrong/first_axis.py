"""one axis only

It looks like only the first axis is used. All k columns of C span the plane.

Breaks: A point of the plane
"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    C = C[:, :1]
    return (X - mean) @ C @ C.T + mean
