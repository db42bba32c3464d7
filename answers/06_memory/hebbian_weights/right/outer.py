"""One outer product for each pattern."""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    n = patterns.shape[1]
    W = sum(np.outer(x, x) for x in patterns) - len(patterns) * np.eye(n)
    return W / n
