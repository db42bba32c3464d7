"""divided by m − 1

It looks like you divide by m − 1. That corrects a variance for its mean; the gradient is the
plain mean pull of m samples.
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return X.T @ (predict(X, theta) - y) / (len(y) - 1)
