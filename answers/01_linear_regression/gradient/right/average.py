"""A weighted average of the rows from NumPy."""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = X @ theta - y
    return np.mean(residual[:, None] * X, axis=0)
