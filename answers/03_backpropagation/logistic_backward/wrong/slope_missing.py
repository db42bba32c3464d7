"""sigmoid's slope missing

It looks like you stop at ∂J/∂p. One node is left before z: multiply by dp/dz = p(1 − p).
"""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    loss = np.mean(np.logaddexp(0, a) - y * a)
    dp = -(y / p - (1 - y) / (1 - p)) / len(y)
    return loss, X.T @ dp, np.outer(dp, theta)
