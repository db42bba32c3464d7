"""the smallest variances kept"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean)
    full = np.zeros(X.shape[1])
    full[: len(s)] = s
    return mean, Vt[::-1][:k].T, full[::-1][:k] ** 2 / len(X)
