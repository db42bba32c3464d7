"""divided by m − 1

It looks like variances are divided by m − 1. Here a variance is the mean square, divided by m, so
that the variances left out are the loss.
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / (len(X) - 1)
