"""Prediction minus truth."""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = 0.5 * (1 + np.tanh(0.5 * a))
    loss = (np.logaddexp(0, a) - y * a).mean()
    da = (p - y) / len(y)
    return loss, da @ X, da[:, None] * theta
