"""residuals not squared

It looks like the residuals are added without their squares. Then a miss above and a miss below
cancel, and the cost can even be negative.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = predict(X, theta) - y
    return np.sum(residual) / (2 * len(y))
