"""least squares"""


def reconstruct(X, mean, C):
    X, mean, C = as_subspace(X, mean, C)
    codes = np.linalg.lstsq(C, (X - mean).T, rcond=None)[0]
    return (C @ codes).T + mean
