"""divided by 2m

It looks like you divide by 2m. The derivative of the square brings a 2, which cancels the half
of J.
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return X.T @ (predict(X, theta) - y) / (2 * len(y))
