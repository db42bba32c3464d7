"""gradient of the updated weights

It looks like a layer is updated before its W has carried δ back, so the layers before it see
the new weights. Compute all gradients with the weights that made the forward pass.
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
        gradients.insert(0, (values[layer].T @ delta, delta.sum(axis=0)))
        W = W - 0.1 * gradients[0][0]
        upstream = delta @ W.T
    return gradients
