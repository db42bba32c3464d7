"""k ignored

It looks like all axes are returned, whatever k is. Keep the first k columns, and the first k
variances.

Breaks: k : int
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt.T, s**2 / len(X)
