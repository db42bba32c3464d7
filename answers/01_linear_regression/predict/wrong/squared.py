"""features squared

It looks like the features enter squared. The hypothesis is linear in both: each feature enters
once, times its parameter.

Breaks: Return the predictions of a linear
"""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    return X**2 @ theta
