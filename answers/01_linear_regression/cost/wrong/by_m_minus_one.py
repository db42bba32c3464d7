"""divided by m − 1

It looks like you divide by m − 1. That corrects a variance for its mean; the cost is the plain
mean over m samples, halved.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = predict(X, theta) - y
    return residual @ residual / (2 * (len(y) - 1))
