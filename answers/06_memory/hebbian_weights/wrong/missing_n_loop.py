"""missing 1/N"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    W = np.zeros((patterns.shape[1],) * 2)
    for x in patterns:
        W += np.outer(x, x)
    W[np.diag_indices_from(W)] = 0
    return W
