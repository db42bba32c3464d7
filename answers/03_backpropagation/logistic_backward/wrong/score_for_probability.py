"""score in place of the probability

It looks like the label is taken from the score z. Scores have no bounds: compare the probability
p with the label.
"""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    loss = np.mean(np.logaddexp(0, a) - y * a)
    da = (a - y) / len(y)
    dtheta = X.T @ da
    dX = np.outer(da, theta)
    return loss, dtheta, dX
