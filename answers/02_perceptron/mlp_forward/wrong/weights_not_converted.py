"""the stub's first line is gone

Breaks: weights : list of (W, b)
"""


def mlp_forward(X, weights, activations):
    X, _ = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations, strict=True):
        values.append(activate(name, W.T.dot(values[-1].T).T + b))
    return values
