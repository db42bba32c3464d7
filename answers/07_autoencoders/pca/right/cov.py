"""numpy's covariance, sorted"""


def pca(X, k):
    X = as_data(X, k)
    values, vectors = np.linalg.eig(np.cov(X, rowvar=False, bias=True).reshape(X.shape[1], -1))
    order = np.argsort(-values.real)[:k]
    return np.mean(X, 0), vectors.real[:, order], values.real[order]
