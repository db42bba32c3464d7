"""variances along all axes

It looks like there is a variance for every axis. k of them are asked for, one for each column of
C.
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s ** 2 / len(X)
