"""unknown names are taken

It looks like a name that `activate` does not know is taken as if there were no activation. The
stub's first line refuses it: leave it in place.

Breaks: A name from `activate`
"""


def mlp_backward(X, Y, weights, activations):
    known = [name if name in activate else "linear" for name in activations]
    X, Y, weights = as_layers(X, Y, weights, known, known=activate)
    activations = known
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
        upstream = delta @ W.T
        gradients.insert(0, (dW, db))
    return gradients
