"""one answer for the whole table

It looks like you add up the whole table and give one answer. Each row of X is a sample and gets
its own.
"""


def perceptron_predict(X, w, b):
    X, w, b = as_neuron(X, w, b)
    return 1 if (X * w).sum() + b >= 0 else -1
