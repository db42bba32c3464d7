"""Plain Python over pairs of spins."""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    p, n = patterns.shape
    W = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i != j:
                W[i, j] = sum(patterns[mu][i] * patterns[mu][j] for mu in range(p)) / n
    return W
