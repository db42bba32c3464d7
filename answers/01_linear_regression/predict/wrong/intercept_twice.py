"""first column treated as 1

It looks like θ₀ is added without its column. The column of ones is part of X already, so θ₀
needs no treatment of its own: every entry of theta multiplies its column.
"""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return theta[0] + X[:, 1:] @ theta[1:]
