"""the mean not added back

It looks like the mean is subtracted and never added again, so all points come back near the origin.
"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    return (X - mean) @ C @ C.T
