"""All rows at once, one comparison."""


def perceptron_predict(X, w, b):
    X, w, b = as_neuron(X, w, b)
    return 2 * (X @ w + b >= 0) - 1
