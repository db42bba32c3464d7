"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: X : (m, n) array_like
"""


def perceptron_predict(X, w, b):
    return np.where(X.dot(w) + b >= 0, 1, -1)
