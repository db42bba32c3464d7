"""nothing passed back

It looks like every layer gets the last one's share. Before going on to the layer before, carry δ
back through the weights.
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
        gradients.insert(0, (dW, db))
    return gradients
