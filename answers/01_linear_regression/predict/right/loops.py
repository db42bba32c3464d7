"""Plain Python, one sample and one feature at a time."""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return np.array([sum(x * t for x, t in zip(row, theta)) for row in X.tolist()])
