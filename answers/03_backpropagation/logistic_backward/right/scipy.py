"""SciPy's stable functions."""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    from scipy.special import expit, log_expit

    a = X.dot(theta)
    loss = -np.average(y * log_expit(a) + (1 - y) * log_expit(-a))
    da = np.divide(expit(a) - y, y.size)
    return float(loss), np.einsum("i,ij->j", da, X), np.multiply.outer(da, theta)
