"""weights transposed"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate(name, (W @ values[-1].T).T + b))
    return values
