"""1/m twice

It looks like the sum is divided by m twice. A mean has done it: what is left is the half.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = predict(X, theta) - y
    return np.mean(residual**2) / (2 * len(y))
