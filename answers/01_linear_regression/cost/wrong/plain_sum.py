"""sum of squares without any factor

It looks like you return the bare sum of squares. Two factors stand before it in the formula:
one for the number of samples, one that the derivative cancels.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = X @ theta - y
    return residual @ residual
