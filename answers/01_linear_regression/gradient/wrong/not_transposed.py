"""X not transposed

It looks like X itself multiplies the residual. Its columns must meet the samples: write down
the shapes (m, n) and (m,), and ask which product leaves (n,).
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return X @ (X @ theta - y) / len(y)
