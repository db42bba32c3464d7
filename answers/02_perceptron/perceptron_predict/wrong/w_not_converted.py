"""the stub's first line is gone

Breaks: w : (n,) array_like
"""


def perceptron_predict(X, w, b):
    return np.where(w.dot(np.transpose(X)) + b >= 0, 1, -1)
