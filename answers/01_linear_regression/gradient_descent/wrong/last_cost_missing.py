"""the last cost is missing

It looks like costs ends before the last step: it has as many entries as there were steps. There
is one more to note, the cost after the last step.

Breaks: The cost before every step, and
"""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    require_not_negative(tol=tol)
    theta = np.zeros(X.shape[1]) if theta0 is None else np.array(theta0, dtype=float)
    costs = []
    for _ in range(n_iter):
        slope = gradient(X, y, theta)
        if np.abs(slope).max() < tol:
            break
        costs.append(cost(X, y, theta))
        theta = theta - alpha * slope
    return theta, np.array(costs)
