"""Everything inlined, the residual kept from step to step."""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    require_not_negative(tol=tol)
    theta = np.zeros(X.shape[1]) if theta0 is None else np.array(theta0, dtype=float)
    m = len(y)
    residual = X @ theta - y
    costs = [residual @ residual / (2 * m)]
    while len(costs) <= n_iter:
        slope = X.T @ residual / m
        if max(abs(slope)) < tol:
            break
        theta -= alpha * slope
        residual = X @ theta - y
        costs.append(residual @ residual / (2 * m))
    return theta, costs
