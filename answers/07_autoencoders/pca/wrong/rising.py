"""in rising order

It looks like the right axes come in the wrong order. The first column of C is the axis of largest
variance.
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k][::-1].T, (s[:k] ** 2 / len(X))[::-1]
