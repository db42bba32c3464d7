"""results in the wrong order

It looks like dX and dtheta have changed places. The order is loss, dtheta, dX.
"""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    loss = np.mean(np.logaddexp(0, a) - y * a)
    da = (p - y) / len(y)
    dtheta = X.T @ da
    dX = np.outer(da, theta)
    return loss, dX, dtheta
