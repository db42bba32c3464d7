"""the mean residual squared

It looks like the mean is taken first and squared then. Misses above and below cancel in it:
square each residual first.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = predict(X, theta) - y
    return np.mean(residual)**2 / 2
