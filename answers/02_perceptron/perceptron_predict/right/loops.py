"""A loop over rows and one over columns."""


def perceptron_predict(X, w, b):
    X, w, b = as_neuron(X, w, b)
    labels = []
    for row in X:
        z = b
        for x, weight in zip(row, w):
            z += x * weight
        labels.append(1 if z >= 0 else -1)
    return labels
