"""theta0 is ignored

It looks like the descent always starts at zero. Where the caller gives theta0, start there.

Breaks: Where to start
"""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    require_not_negative(tol=tol)
    theta = np.zeros(X.shape[1])
    costs = [cost(X, y, theta)]
    for _ in range(n_iter):
        slope = gradient(X, y, theta)
        if np.abs(slope).max() < tol:
            break
        theta = theta - alpha * slope
        costs.append(cost(X, y, theta))
    return theta, np.array(costs)
