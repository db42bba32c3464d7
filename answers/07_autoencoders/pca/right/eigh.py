"""eigenvectors of the covariance, turned to falling order"""


def pca(X, k):
    X = as_data(X, k)
    mean = X.mean(axis=0)
    centred = X - mean
    values, vectors = np.linalg.eigh(centred.T @ centred / len(X))
    return mean, vectors[:, ::-1][:, :k], values[::-1][:k]
