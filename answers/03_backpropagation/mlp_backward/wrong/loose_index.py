"""weights summed without δ

It looks like the step to the layer before multiplies by sums of weights, as the loose j of the
errata box suggests. Each δⱼ goes with its own weight, and the sum runs over the products.
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
        upstream = delta.mean(axis=1, keepdims=True) * W.sum(axis=1)
    return gradients
