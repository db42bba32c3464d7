"""the stub's first line is gone

Breaks: y : array_like, shape
"""


def cost(X, y, theta):
    residual = predict(X, theta) - y
    return residual @ residual / (2 * y.size)
