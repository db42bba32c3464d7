"""return inside the loop

It looks like the function returns after its first layer. A `return` inside a loop ends it at
once.
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations, strict=True):
        values.append(activate(name, values[-1] @ W + b))
        return values
