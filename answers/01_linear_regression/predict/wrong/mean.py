"""mean in place of the sum

It looks like you average over the features. The hypothesis is their sum, weighted by theta,
with nothing divided by n.
"""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return (X * theta).mean(axis=1)
