"""One matrix product."""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return X @ theta
