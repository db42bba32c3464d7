"""axes as rows

It looks like the axes are the rows of what you return. C has shape (n, k): one axis a column. The
svd gives them as rows, so transpose.

Breaks: mean, C, variances : arrays
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k], s[:k] ** 2 / len(X)
