"""factor 2

It looks like there is a factor 2 too many. It comes from the square, and the 1/2 in the cost is
there to cancel it.
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return 2 * X.T @ (X @ theta - y) / len(y)
