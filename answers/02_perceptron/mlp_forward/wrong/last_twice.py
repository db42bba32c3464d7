"""activation on the last layer twice

It looks like the last layer's values go through its activation twice. It is a layer like the
others: once is enough.
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate(name, values[-1] @ W + b))
    values[-1] = activate(activations[-1], values[-1])
    return values
