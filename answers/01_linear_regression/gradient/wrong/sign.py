"""sign

It looks like the sign is turned: the residual is prediction minus target, h − y. With y − h the
descent climbs. (A lecture prints it so: see the erratum box.)

Breaks: Return the gradient of the cost
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return X.T @ (y - X @ theta) / len(y)
