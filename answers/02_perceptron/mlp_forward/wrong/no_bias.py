"""bias left out

It looks like b is not added. Every unit has a bias of its own, one entry of b.
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate(name, values[-1] @ W))
    return values
