"""not divided by m

It looks like the variances are sums of squares along the axes. Divide by the number of samples:
they are mean squares.
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2
