"""sign and mean

It looks like two things are wrong: the residual is prediction minus target, not the other way
round, and the pulls are to be averaged over the m samples, not added up.
"""


def gradient(X, y, theta):
    X, y, theta = as_arrays(X=X, y=y, theta=theta)
    return X.T @ (y - X @ theta)
