"""standard deviations in place of variances

It looks like you return standard deviations. A variance is a mean square: the singular values
are squared before they are divided by m.
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    U, S, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, S[:k] / np.sqrt(len(X))
