"""labels 0 and 1

It looks like the labels are 0 and 1. A perceptron here answers with −1 and +1: the learning
rule needs the sign.
"""


def perceptron_predict(X, w, b):
    X, w, b = as_neuron(X, w, b)
    return (X @ w + b >= 0).astype(int)
