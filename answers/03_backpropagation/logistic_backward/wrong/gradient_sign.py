"""gradient's sign

It looks like the loss is right and its derivatives point the other way: prediction minus
truth, p − y, not y − p.
"""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    loss = np.mean(np.logaddexp(0, a) - y * a)
    da = (y - p) / len(y)
    return loss, X.T @ da, np.outer(da, theta)
