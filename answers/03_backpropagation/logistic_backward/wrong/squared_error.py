"""squared error

It looks like the loss is a squared error. Here it is the cross-entropy, the negative logarithm
of the probability given to the label.

Breaks: Mean cross-entropy of a logistic
"""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    loss = np.mean((p - y) ** 2) / 2
    da = (p - y) * p * (1 - p) / len(y)
    return loss, X.T @ da, np.outer(da, theta)
