"""Stops by the Euclidean norm, a little later than by the largest component."""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    theta = np.zeros(X.shape[1]) if theta0 is None else np.array(theta0, dtype=float)
    costs = np.empty(n_iter + 1)
    for step in range(n_iter + 1):
        costs[step] = cost(X, y, theta)
        slope = gradient(X, y, theta)
        if step == n_iter or np.linalg.norm(slope) < tol:
            return theta, costs[: step + 1]
        theta = theta - alpha * slope
