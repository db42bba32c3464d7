"""what is lost"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    return (X - mean) - (X - mean) @ C @ C.T + mean
