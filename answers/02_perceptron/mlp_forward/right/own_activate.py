"""A loop over layers that calls activate."""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    V = [X]
    for layer in range(len(weights)):
        W, b = weights[layer]
        Z = V[layer] @ W + b
        V.append(activate(activations[layer], Z))
    return V
