"""One product with the transposed table."""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return X.T @ (X @ theta - y) / len(y)
