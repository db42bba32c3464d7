"""slope of the layer after

It looks like a hidden layer is given the slope of the activation of the layer after it. Count
once more: the lists begin at 0, the layers of the formula at 1.
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
        after = min(layer + 1, len(weights) - 1)
        delta = upstream * slope[activations[after]](values[layer + 1])
        gradients.insert(0, (values[layer].T @ delta, delta.sum(axis=0)))
        upstream = delta @ W.T
    return gradients
