"""bias taken for a threshold"""


def perceptron_predict(X, w, b):
    X, w, b = as_neuron(X, w, b)
    z = X @ w - b
    return np.where(z >= 0, 1, -1)
