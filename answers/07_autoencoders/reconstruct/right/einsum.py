"""index notation"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    return np.einsum("ij,jk,lk->il", X - mean, C, C) + mean
