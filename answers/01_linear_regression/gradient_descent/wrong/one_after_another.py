"""parameters updated one after another

It looks like θ₀ is already new when the slope for θ₁ is taken. All partial derivatives belong
to one point: take them all first, then move.
"""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    require_not_negative(tol=tol)
    theta = np.zeros(X.shape[1]) if theta0 is None else np.array(theta0, dtype=float)
    costs = [cost(X, y, theta)]
    for _ in range(n_iter):
        if np.abs(gradient(X, y, theta)).max() < tol:
            break
        for j in range(len(theta)):
            theta[j] = theta[j] - alpha * gradient(X, y, theta)[j]
        costs.append(cost(X, y, theta))
    return theta, np.array(costs)
