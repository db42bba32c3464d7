"""the mean not subtracted

It looks like X goes into the code without its mean. Subtract it first; then adding it at the end
brings you back to the plane.
"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    return X @ C @ C.T + mean
