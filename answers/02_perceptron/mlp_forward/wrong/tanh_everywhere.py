"""activations ignored

It looks like every layer has one and the same activation, whatever the list says. The names in
activations tell, layer by layer, which f to use.
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for W, b in weights:
        values.append(np.tanh(values[-1] @ W + b))
    return values
