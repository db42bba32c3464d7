"""the stub's first line is gone

Breaks: y : array_like, shape
"""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X = np.array(X, dtype=float)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    require_not_negative(tol=tol)
    theta = np.zeros(X.shape[1]) if theta0 is None else np.array(theta0, dtype=float)
    costs = [cost(X, y, theta)]
    for _ in range(n_iter):
        slope = X.T @ (X @ theta - y) / y.size
        if np.abs(slope).max() < tol:
            break
        theta = theta - alpha * slope
        costs.append(cost(X, y, theta))
    return theta, np.array(costs)
