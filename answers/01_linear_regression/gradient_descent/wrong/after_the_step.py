"""tol asked after the step

It looks like the step is taken first and tol is asked afterwards, so there is one step and one
cost too many. Stop before a step from level ground.

Breaks: Stop before a step at which
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
        theta = theta - alpha * slope
        costs.append(cost(X, y, theta))
        if np.abs(slope).max() < tol:
            break
    return theta, np.array(costs)
