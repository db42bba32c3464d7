"""slope of the value taken as if of Z"""


def mlp_backward(X, Y, weights, activations):
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate[name](values[-1] @ W + b))
    gradients = []
    upstream = (values[-1] - Y) / len(X)
    for layer in reversed(range(len(weights))):
        W, b = weights[layer]
        value = values[layer + 1]
        if layer < len(weights) - 1:
            value = activate[activations[layer]](value)
        delta = upstream * slope[activations[layer]](value)
        gradients.insert(0, (values[layer].T @ delta, delta.sum(axis=0)))
        upstream = delta @ W.T
    return gradients
