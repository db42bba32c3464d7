"""the truth of an array asked

It looks like Python is asked whether theta0 is true, as in `if theta0`. An array of several
numbers has no single truth: ask whether it `is None`.
"""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    require_not_negative(tol=tol)
    if not theta0:
        theta0 = np.zeros(X.shape[1])
    theta = np.array(theta0, dtype=float)
    costs = [cost(X, y, theta)]
    for _ in range(n_iter):
        slope = gradient(X, y, theta)
        if np.max(np.abs(slope)) < tol:
            break
        theta = theta - alpha * slope
        costs.append(cost(X, y, theta))
    return theta, np.array(costs)
