"""first activation used for every layer

It looks like every layer uses the first name in activations. Each layer has its own.

Breaks: activations : list of str
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate(activations[0], values[-1] @ W + b))
    return values
