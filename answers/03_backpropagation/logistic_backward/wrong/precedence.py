"""only the label divided

It looks like only y is divided by m, because division goes before minus. Put brackets around the
difference.
"""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    loss = np.mean(np.logaddexp(0, a) - y * a)
    da = p - y / len(y)
    dtheta = X.T @ da
    dX = np.outer(da, theta)
    return loss, dtheta, dX
