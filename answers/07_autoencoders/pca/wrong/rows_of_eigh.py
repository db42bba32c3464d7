"""rows of the eigenvectors

It looks like rows of eigh's matrix are taken for axes. Its eigenvectors are the columns, in the
order of the eigenvalues: pick columns.
"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    values, vectors = np.linalg.eigh((X - mean).T @ (X - mean) / len(X))
    i = np.argsort(values)[::-1][:k]
    return mean, vectors[i].T, values[i]
