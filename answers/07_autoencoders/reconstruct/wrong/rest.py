"""what is lost

It looks like you return what the projection leaves out, or the plane's complement. Return the
points in the plane.
"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    return X - (X - mean) @ C @ C.T
