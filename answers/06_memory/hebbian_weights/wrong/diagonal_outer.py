"""diagonal kept"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    W = np.zeros((patterns.shape[1], patterns.shape[1]))
    for x in patterns:
        W = W + np.outer(x, x) / len(x)
    return W
