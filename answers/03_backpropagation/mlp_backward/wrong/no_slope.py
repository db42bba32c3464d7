"""activation's slope missing

It looks like the slope f′ of the activations is left out. Between a layer's output and its Z
stands the activation: multiply by its slope, entry by entry.

Breaks: Gradients of a network's loss
"""


def mlp_backward(X, Y, weights, activations):
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate[name](values[-1] @ W + b))
    gradients = []
    upstream = (values[-1] - Y) / len(X)
    for layer in reversed(range(len(weights))):
        W, b = weights[layer]
        delta = upstream
        gradients.insert(0, (values[layer].T @ delta, delta.sum(axis=0)))
        upstream = delta @ W.T
    return gradients
