"""mean times mean

It looks like the mean residual is multiplied by each column's mean. The mean of products is not
the product of means: multiply residual and feature sample by sample first.
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return np.mean(X @ theta - y) * X.mean(axis=0)
