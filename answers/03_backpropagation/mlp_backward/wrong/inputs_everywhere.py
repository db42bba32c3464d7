"""every dW from X

It looks like every layer's dW is made from X. Only the first layer is fed with it: each one has
its own input.
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
        dW = X.T @ delta
        db = delta.sum(axis=0)
        upstream = delta @ W.T
        gradients.insert(0, (dW, db))
    return gradients
