"""the printed sign

It looks like the sign of the loss is turned, and that of the derivatives with it. That is the
log-likelihood: its negative is what you minimise. See the erratum box.
"""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    loss = np.mean(y * a - np.logaddexp(0, a))
    da = (y - p) / len(y)
    return loss, X.T @ da, np.outer(da, theta)
