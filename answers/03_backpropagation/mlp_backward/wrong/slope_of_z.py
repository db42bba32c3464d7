"""slope fed with Z

It looks like `slope` is given Z, where it wants the value A = f(Z). The forward pass has
computed it already: it is what the layer hands on.
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
        W0, b0 = weights[layer]
        delta = upstream * slope[activations[layer]](values[layer] @ W0 + b0)
        gradients.insert(0, (values[layer].T @ delta, delta.sum(axis=0)))
        upstream = delta @ W.T
    return gradients
