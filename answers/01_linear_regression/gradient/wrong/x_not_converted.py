"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: X : array_like, shape
"""


def gradient(X, y, theta):
    return X.T @ (X @ theta - y) / len(y)
