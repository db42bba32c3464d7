"""labels 0 and 1"""


def perceptron_predict(X, w, b):
    X, w, b = as_neuron(X, w, b)
    return [1 if z >= 0 else 0 for z in X @ w + b]
