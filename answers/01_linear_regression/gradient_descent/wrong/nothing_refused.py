"""a rate or a tol out of range is taken

It looks like one of the stub's first lines is gone: they refuse an alpha, an n_iter and a tol
that make no sense. Put them back above your own lines.

Breaks: If shapes disagree, alpha is not
"""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X, y = as_arrays(X=X, y=y)
    theta = np.zeros(X.shape[1]) if theta0 is None else np.array(theta0, dtype=float)
    costs = [cost(X, y, theta)]
    for _ in range(n_iter):
        slope = gradient(X, y, theta)
        if np.abs(slope).max() < tol:
            break
        theta = theta - alpha * slope
        costs.append(cost(X, y, theta))
    return theta, np.array(costs)
