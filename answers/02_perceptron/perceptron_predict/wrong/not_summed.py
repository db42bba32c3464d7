"""products not added up

It looks like each feature gets a label of its own. A neuron adds up all its weighted inputs
before it decides.
"""


def perceptron_predict(X, w, b):
    X, w, b = as_neuron(X, w, b)
    return np.where(X * w + b >= 0, 1, -1)
