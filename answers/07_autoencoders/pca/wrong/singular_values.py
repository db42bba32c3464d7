"""singular values for variances

It looks like you return the singular values. The variance along an axis is the square of its
singular value, divided by m.

Breaks: variances (mean squares
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s[:k]
