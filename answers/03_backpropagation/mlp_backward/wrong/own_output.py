"""dW from the layer's own output

It looks like dW is built from what comes out of the layer. Z = VW + b: what multiplies W is V,
the values that go in.
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
        delta = upstream * slope[activations[layer]](values[layer + 1])
        gradients.insert(0, (values[layer + 1].T @ delta, delta.sum(axis=0)))
        upstream = delta @ W.T
    return gradients
