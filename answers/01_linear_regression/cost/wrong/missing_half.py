"""missing 1/2

It looks like the factor 1/2 is missing: the sum of squares is divided by 2m, not by m.

Breaks: Return half the mean
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = X @ theta - y
    return np.mean(residual**2)
