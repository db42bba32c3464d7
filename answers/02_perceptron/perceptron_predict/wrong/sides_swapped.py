"""sides swapped

It looks like the two labels have changed places: where z ≥ 0 the neuron fires, which is +1.

Breaks: Say on which side of
"""


def perceptron_predict(X, w, b):
    X, w, b = as_neuron(X, w, b)
    return np.where(X @ w + b >= 0, -1, 1)
