"""sigmoid's slope twice

It looks like the slope p(1 − p) is multiplied in once more. It has cancelled against the
fractions from the logarithm already: ∂J/∂z is (p − y)/m.
"""


def logistic_backward(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    a = X @ theta
    p = (1 + np.tanh(a / 2)) / 2
    loss = np.mean(np.logaddexp(0, a) - y * a)
    da = (p - y) * p * (1 - p) / len(y)
    return loss, X.T @ da, np.outer(da, theta)
