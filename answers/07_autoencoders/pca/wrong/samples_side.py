"""axes among the samples

It looks like the axes have one entry a sample. U holds those; the axes among the features are in V.

Breaks: C's columns are orthonormal
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, _[:, :k], s[:k] ** 2 / len(X)
