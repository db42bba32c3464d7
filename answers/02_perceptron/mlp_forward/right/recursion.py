"""The first layer, then the rest."""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    if not weights:
        return [X]
    W, b = weights[0]
    inside = activate(activations[0], np.einsum("mi,io->mo", X, W) + b)
    if len(weights) == 1:
        return [X, inside]
    return [X, *mlp_forward(inside, weights[1:], activations[1:])]
