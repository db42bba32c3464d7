"""X transposed"""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return theta @ X
