"""no activation at all

It looks like no layer applies its activation. Layers without one, however many, make a single
linear one.
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations, strict=True):
        values.append(values[-1] @ W + b)
    return values
