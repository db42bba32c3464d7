"""integer division

It looks like you divide with //, which drops what comes after the decimal point. A single slash
keeps it.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = predict(X, theta) - y
    return residual @ residual // (2 * len(y))
