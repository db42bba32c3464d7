"""A list, which the check takes as well."""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = X @ theta - y
    return [float(np.mean(residual * column)) for column in X.T]
