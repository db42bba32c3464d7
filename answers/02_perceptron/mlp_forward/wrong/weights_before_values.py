"""W before the values

It looks like W stands before the values. Samples are rows here, so the values stand on the left.
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations, strict=True):
        values.append(activate(name, W @ values[-1] + b))
    return values
