"""intercept added twice

It looks like the first parameter is added once more to every prediction. Nothing needs adding:
where an intercept is wanted, X has a column of ones, and X θ holds it already.
"""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return X @ theta + theta[0]
