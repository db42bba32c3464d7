"""activations ignored"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for W, b in weights:
        values.append(activate("sigmoid", values[-1] @ W + b))
    return values
