"""cost noted before the step

It looks like the cost is noted before theta has moved, so the start is there twice and the end
is missing. Step first, then note the cost.
"""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    require_not_negative(tol=tol)
    theta = np.zeros(X.shape[1]) if theta0 is None else np.array(theta0, dtype=float)
    costs = [cost(X, y, theta)]
    for _ in range(n_iter):
        slope = gradient(X, y, theta)
        if np.all(np.abs(slope) < tol):
            break
        costs.append(cost(X, y, theta))
        theta = theta - alpha * slope
    return theta, np.array(costs)
