"""residuals do not meet their rows"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return ((predict(X, theta) - y) * X).sum() / len(y)
