"""a column of shape (m, 1)

Your numbers are right, but they stand in a table of shape (m, 1). The docstring promises the
shape (m,); with (m, 1) a later y − h quietly becomes m × m.

Breaks: ndarray, shape (m,)
"""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return X @ theta.reshape(-1, 1)
