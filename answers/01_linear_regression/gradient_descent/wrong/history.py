"""every theta is returned

It looks like theta comes back from every step. Return the last one alone, of shape (n,); the
costs are what is kept from step to step.

Breaks: theta : ndarray, shape (n,)
"""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    require_not_negative(tol=tol)
    theta = np.zeros(X.shape[1]) if theta0 is None else np.array(theta0, dtype=float)
    thetas = [theta]
    costs = [cost(X, y, theta)]
    for _ in range(n_iter):
        slope = gradient(X, y, theta)
        if np.abs(slope).max() < tol:
            break
        theta = theta - alpha * slope
        thetas.append(theta)
        costs.append(cost(X, y, theta))
    return np.array(thetas), np.array(costs)
