"""dX without 1/m

It looks like 1/m reached dtheta but not dX. Both start from the same ∂J/∂z, and the 1/m is in
there.
"""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    loss = np.mean(np.logaddexp(0, a) - y * a)
    da = (p - y) / len(y)
    return loss, X.T @ da, np.outer(p - y, theta)
