"""only the loss a sum

It looks like the loss is a sum over the samples, while its derivatives are those of the mean.
Divide the loss by m too.

Breaks: loss : float, mean over
"""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    loss = np.sum(np.logaddexp(0, a) - y * a)
    da = (p - y) / len(y)
    return loss, X.T @ da, np.outer(da, theta)
