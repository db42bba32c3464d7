"""missing 1/m

It looks like the factor 1/m is missing: without it the cost grows with the number of samples,
and so would the right learning rate.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = X @ theta - y
    return 0.5 * np.sum(residual**2)
