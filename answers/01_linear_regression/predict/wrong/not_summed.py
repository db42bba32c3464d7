"""products not added up

It looks like you multiply every entry of X by its parameter and stop there: the result still
has X's shape (m, n). One sample has one prediction, the sum along its row.
"""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return X * theta
