"""columns of Vᵀ

It looks like columns of Vᵀ are taken. The axes are its rows: take the first k of these, then
turn the table over.
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:, :k], s[:k] ** 2 / len(X)
