"""ties answered with −1

It looks like a sum exactly on the threshold gets −1. The rule says z ≥ 0 fires: look at which
of your two answers the case z = 0 falls to.

Breaks: +1 where X w + b
"""


def perceptron_predict(X, w, b):
    X, w, b = as_neuron(X, w, b)
    return np.where(X @ w + b > 0, 1, -1)
