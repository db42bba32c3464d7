"""sum along the wrong axis

It looks like you add up along columns, over the samples, and get n numbers. Add up along each
row instead, and you get one number for each of the m samples.
"""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return (X * theta).sum(axis=0)
