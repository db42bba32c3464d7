"""the projector first"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    P = C @ C.T
    return mean + (P @ (X - mean).T).T
