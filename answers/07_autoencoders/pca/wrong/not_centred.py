"""the mean not subtracted

It looks like the axes are those of X itself. Subtract the mean first: else the first axis points
from the origin to the cloud, and not along it.

Breaks: Return the mean of the data
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / len(X)
