"""factor 2

It looks like there is a factor 2 too many. This loss has a 1/2 in front to cancel it.

Breaks: The loss is `network_loss`
"""


def mlp_backward(X, Y, weights, activations):
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate[name](values[-1] @ W + b))
    gradients = []
    upstream = 2 * (values[-1] - Y) / len(X)
    for layer in reversed(range(len(weights))):
        W, b = weights[layer]
        delta = upstream * slope[activations[layer]](values[layer + 1])
        gradients.insert(0, (values[layer].T @ delta, delta.sum(axis=0)))
        upstream = delta @ W.T
    return gradients
