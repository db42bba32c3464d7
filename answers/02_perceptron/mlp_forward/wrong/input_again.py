"""every layer fed with X

It looks like each layer is fed with X. A layer sees the values of the layer before it.
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate(name, X @ W + b))
    return values
