"""hidden layers without their activation

It looks like only the last layer is activated. Without a bend in between, all layers melt into
one linear layer.
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(values[-1] @ W + b)
    values[-1] = activate(activations[-1], values[-1])
    return values
