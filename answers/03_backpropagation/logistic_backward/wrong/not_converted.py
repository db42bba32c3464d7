"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: X, y, theta : array_like
"""


def logistic_backward(X, y, theta):
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    loss = np.mean(np.logaddexp(0, a) - y * a)
    da = (p - y) / len(y)
    dtheta = X.T @ da
    dX = np.outer(da, theta)
    return loss, dtheta, dX
