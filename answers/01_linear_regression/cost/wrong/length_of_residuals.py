"""the length of the residuals

It looks like np.linalg.norm stands for the sum of squares. It has taken a root already: what J
wants is its square.
"""


def cost(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    residual = predict(X, theta) - y
    return np.linalg.norm(residual) / (2 * len(y))
