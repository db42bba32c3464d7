"""X transposed

It looks like X is transposed, so that columns are taken for samples. Rows are samples: compare
the shapes (m, n) and (n,), and what must be left over is (m,).
"""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return X.T @ theta
