"""weights transposed

It looks like W is turned over: V @ W.T. Here W is (n_in, n_out), as Keras stores it, so V @ W
fits as it stands. (Texts with samples in columns write the transpose.)
"""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations):
        values.append(activate(name, values[-1] @ W.T + b))
    return values
