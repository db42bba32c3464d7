"""last layer without its activation

It looks like the last layer's values are its z. The last layer has an activation too: the last
name in the list.
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights[:-1], activations[:-1]):
        values.append(activate(name, values[-1] @ W + b))
    W, b = weights[-1]
    return [*values, values[-1] @ W + b]
