"""the stub's first line is gone

Breaks: theta : array_like, shape
"""


def predict(X, theta):
    return theta.dot(np.transpose(X))
