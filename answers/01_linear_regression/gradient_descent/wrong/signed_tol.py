"""tol compared with signed slopes

It looks like a negative slope counts as small, and the descent stops where it is steep. Compare
tol with the size of each partial derivative.
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
        if tol > 0 and np.all(slope < tol):
            break
        theta = theta - alpha * slope
        costs.append(cost(X, y, theta))
    return theta, np.array(costs)
