"""divided by the number of features

It looks like you divide by n, the number of columns. The mean is over the m samples, the rows
of X.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return np.sum((X @ theta - y) ** 2) / (2 * X.shape[1])
