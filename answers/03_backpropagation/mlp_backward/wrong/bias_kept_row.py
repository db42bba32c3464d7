"""db with an axis too many

It looks like db is a table of one row. b has the shape (n_out,), and its gradient has the same:
leave out keepdims.
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
        gradients.insert(0, (values[layer].T @ delta, delta.sum(axis=0, keepdims=True)))
        upstream = delta @ W.T
    return gradients
