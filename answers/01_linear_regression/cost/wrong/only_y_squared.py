"""square of the target alone

It looks like only the target is squared, because a power goes before a minus. Put brackets
around the residual.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = predict(X, theta) - y
    return np.sum(predict(X, theta) - y ** 2) / (2 * len(y))
