"""shares of the variance

It looks like the variances are divided by their sum. Return the variances themselves, in the
squared unit of X.
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / np.sum(s**2)
