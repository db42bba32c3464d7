"""the stub's first line is gone

Breaks: y, theta : array_like
"""


def gradient(X, y, theta):
    return np.transpose(X) @ (predict(X, theta) - y) / y.size
