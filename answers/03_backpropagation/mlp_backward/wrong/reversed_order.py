"""gradients in reversed order

It looks like the gradients come last layer first, as the sweep finds them. Return them in the
order of `weights`.

Breaks: In the order of `weights`
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
        gradients.append((values[layer].T @ delta, delta.sum(axis=0)))
        upstream = delta @ W.T
    return gradients
