"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: X : array_like, shape
"""


def mlp_forward(X, weights, activations):
    _, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations, strict=True):
        values.append(activate(name, values[-1].dot(W) + b))
    return values
