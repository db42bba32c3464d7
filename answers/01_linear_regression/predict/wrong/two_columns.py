"""hard-coded two columns

It looks like your formula knows exactly two columns, as in θ₀ + θ₁x. A table may have any
number of them: let the sum run over all columns of X.
"""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return theta[0] * X[:, 0] + theta[1] * X[:, 1]
