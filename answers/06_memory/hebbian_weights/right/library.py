"""Einstein's sum, and a mask for the diagonal."""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    n = patterns.shape[1]
    return np.einsum("mi,mj->ij", patterns, patterns) * (1 - np.eye(n)) / n
