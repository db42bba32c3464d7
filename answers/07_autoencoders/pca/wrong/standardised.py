"""columns scaled to variance 1

It looks like every column is divided by its standard deviation. Principal axes belong to the data
as they are; only the mean is subtracted.
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd((X - mean) / X.std(axis=0), full_matrices=False)
    return mean, Vt[:k].T, s[:k] ** 2 / len(X)
