"""one number for all parameters

It looks like you return a single number. The gradient has one entry for each parameter: what is
averaged is over samples only, and the columns stay apart.

Breaks: ndarray, shape (n,)
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = X @ theta - y
    return np.mean(X * residual[:, None])
