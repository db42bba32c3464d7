"""bias added after the activation

It looks like b is added to the activated values. The bias shifts z, so it belongs inside the
activation.
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate(name, values[-1] @ W) + b)
    return values
