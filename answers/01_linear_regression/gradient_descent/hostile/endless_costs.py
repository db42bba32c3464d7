"""Values: a history without end

The costs are a list of ten million numbers, the parameters an iterator over them.
"""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    costs = [0.0] * 10_000_000
    return iter(costs), costs
