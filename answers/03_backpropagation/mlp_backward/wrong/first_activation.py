"""one activation for all layers

It looks like the first activation is used in every layer. Each layer has a name of its own.

Breaks: activations : list of str
"""


def mlp_backward(X, Y, weights, activations):
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    values = [X]
    for (W, b), name in zip(weights, activations, strict=True):
        values.append(activate[activations[0]](values[-1] @ W + b))
    upstream = (values[-1] - Y) / len(X)
    gradients = []
    for layer in reversed(range(len(weights))):
        W, name = weights[layer][0], activations[layer]
        V, A = values[layer], values[layer + 1]
        delta = upstream * slope[activations[0]](A)
        dW = V.T @ delta
        db = delta.sum(axis=0)
        upstream = delta @ W.T
        gradients.insert(0, (dW, db))
    return gradients
