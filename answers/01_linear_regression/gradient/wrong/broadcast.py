"""residuals do not meet their rows

It looks like residual and table are multiplied as (m,) times (m, n). NumPy then lays the
residuals along the columns. Give them shape (m, 1), or use a matrix product.
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return np.mean((predict(X, theta) - y) * X, axis=0)
