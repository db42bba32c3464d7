"""one list of all arrays

It looks like dW and db of all layers stand in one list. Put each layer's two into a pair.

Breaks: list of pairs (dW, db)
"""


def mlp_backward(X, Y, weights, activations):
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    values = [X]
    for (W, b), name in zip(weights, activations, strict=True):
        values.append(activate[name](values[-1] @ W + b))
    upstream = (values[-1] - Y) / len(X)
    gradients = []
    for layer in reversed(range(len(weights))):
        W, name = weights[layer][0], activations[layer]
        V, A = values[layer], values[layer + 1]
        delta = upstream * slope[name](A)
        dW = V.T @ delta
        db = delta.sum(axis=0)
        upstream = delta @ W.T
        gradients.insert(0, (dW, db))
    return [part for pair in gradients for part in pair]
