"""X left out of the list

It looks like the list begins with the first layer. It begins with V_0, which is X: the gradient
of the first weights needs it.

Breaks: list of arrays, [V_0, V_1
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate(name, values[-1] @ W + b))
    return values[1:]
