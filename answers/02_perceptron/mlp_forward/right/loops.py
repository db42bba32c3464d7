"""Sums written out, unit by unit."""


def mlp_forward(X, weights, activations):
    X, weights = as_network(X, weights, activations)
    values = [X]
    for (W, b), name in zip(weights, activations):
        n_in, n_out = W.shape
        Z = np.zeros((len(X), n_out))
        for s in range(len(X)):
            for j in range(n_out):
                Z[s, j] = b[j]
                for i in range(n_in):
                    Z[s, j] += values[-1][s, i] * W[i, j]
        values.append(activate(name, Z))
    return values
