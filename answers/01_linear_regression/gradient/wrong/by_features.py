"""divided by the number of features

It looks like you divide by n, the number of columns. The mean is over the m samples.
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return X.T @ (X @ theta - y) / X.shape[1]
