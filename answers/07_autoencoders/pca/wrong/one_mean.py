"""one mean for all columns

It looks like one mean of all numbers is subtracted. Each column has a mean of its own:
X.mean(axis=0).
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean() * np.ones(X.shape[1])
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / len(X)
