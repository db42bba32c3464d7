"""returns within the loop

It looks like you return the prediction of the first row. A `return` inside the loop ends it at
once: collect the predictions, and return them after the loop.
"""


def predict(X, theta):
    X, theta = as_arrays(X=X, theta=theta)
    for row in X:
        h = row @ theta
        return h
