"""integer division

It looks like you divide with //, which drops what comes after the decimal point. A single slash
keeps it.
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return X.T @ (predict(X, theta) - y) // len(y)
