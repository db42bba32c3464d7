"""dW transposed

It looks like dW has the shape of W's transpose, as texts with samples in columns store it. Here
W is (n_in, n_out), and its gradient with it: V.T @ δ.
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
        gradients.insert(0, (delta.T @ values[layer], delta.sum(axis=0)))
        upstream = delta @ W.T
    return gradients
