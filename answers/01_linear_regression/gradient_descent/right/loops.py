"""Plain Python lists; all parameters replaced at once."""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    require_not_negative(tol=tol)
    m, n = X.shape
    theta = [0.0] * n if theta0 is None else [float(t) for t in theta0]
    costs = []
    steps = 0
    while True:
        residuals = [sum(row[j] * theta[j] for j in range(n)) - t for row, t in zip(X, y)]
        costs.append(sum(r * r for r in residuals) / (2 * m))
        slope = [sum(r * row[j] for r, row in zip(residuals, X)) / m for j in range(n)]
        if steps == n_iter or all(abs(s) < tol for s in slope):
            break
        theta = [t - alpha * s for t, s in zip(theta, slope)]
        steps += 1
    return np.array(theta), np.array(costs)
