"""the stub's first line is gone

Breaks: theta : array_like, shape
"""


def cost(X, y, theta):
    residual = theta.dot(np.transpose(X)) - y
    return residual @ residual / (2 * len(y))
