"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: X : array_like, shape
"""


def cost(X, y, theta):
    residual = X.dot(theta) - y
    return residual @ residual / (2 * len(y))
