"""a column of labels

It looks like the labels come back as a column. They are one row of m numbers, shape (m,).

Breaks: (m,) array
"""


def perceptron_predict(X, w, b):
    X, w, b = as_neuron(X, w, b)
    return np.where((X @ w + b)[:, None] >= 0, 1, -1)
