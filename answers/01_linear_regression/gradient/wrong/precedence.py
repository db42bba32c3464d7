"""only the target divided

It looks like only y is divided by m, because division goes before minus. Put brackets around the
residual.
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return X.T @ predict(X, theta) - y / len(y)
