"""dX transposed

It looks like dX has a column for each sample. It has the shape of X, one row a sample.

Breaks: dtheta, dX : ∂loss/∂theta and
"""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    loss = np.mean(np.logaddexp(0, a) - y * a)
    da = (p - y) / len(y)
    return loss, X.T @ da, np.outer(theta, da)
