"""hard-coded two columns"""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return theta[0] + theta[1] * X[:, 1]
