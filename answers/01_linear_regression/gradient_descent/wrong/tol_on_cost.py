"""tol compared with the cost

It looks like tol is compared with the cost, or with its change. The rule here looks at the
slopes: stop before a step at which every partial derivative is smaller than tol in size.
"""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    require_not_negative(tol=tol)
    theta = np.zeros(X.shape[1]) if theta0 is None else np.array(theta0, dtype=float)
    costs = [cost(X, y, theta)]
    for _ in range(n_iter):
        theta = theta - alpha * gradient(X, y, theta)
        costs.append(cost(X, y, theta))
        if abs(costs[-1] - costs[-2]) < tol:
            break
    return theta, np.array(costs)
