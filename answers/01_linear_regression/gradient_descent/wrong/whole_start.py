"""theta0 stays whole

It looks like a theta0 of whole numbers stays whole: NumPy then refuses to put the fractions of
a step into it, or drops them. Ask for floats when you copy it.

Breaks: theta0 : array_like, shape
"""


def gradient_descent(X, y, alpha, n_iter, tol=0.0, theta0=None):
    X, y = as_arrays(X=X, y=y)
    require_positive(alpha=alpha)
    require_whole(n_iter=n_iter)
    require_not_negative(tol=tol)
    theta = np.zeros(X.shape[1]) if theta0 is None else np.array(theta0)
    costs = [cost(X, y, theta)]
    for _ in range(n_iter):
        slope = gradient(X, y, theta)
        if np.abs(slope).max() < tol:
            break
        theta -= alpha * slope
        costs.append(cost(X, y, theta))
    return theta, np.array(costs)
