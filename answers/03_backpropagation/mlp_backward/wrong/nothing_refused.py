"""what does not fit is left out

It looks like layers and activations are walked through side by side, and what is longer is cut
off without a word. Leave the stub's first line in place: it refuses networks that do not fit.

Breaks: Raises ValueError if shapes disagree, or a
"""


def mlp_backward(X, Y, weights, activations):
    X, Y = np.array(X, dtype=float), np.array(Y, dtype=float)
    weights = [(np.array(W), np.array(b)) for W, b in weights[: len(activations)]]
    values = [X]
    for (W, b), name in zip(weights, activations):
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
