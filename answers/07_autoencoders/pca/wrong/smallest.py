"""the smallest variances kept

It looks like you keep the axes of smallest variance. `eigh` lists eigenvalues from small to large:
take the other end, and turn it round.
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov(X, rowvar=False, bias=True))
    return mean, vectors[:, :k], values[:k]
