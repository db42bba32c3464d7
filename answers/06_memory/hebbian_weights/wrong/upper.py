"""one half only

It looks like each pair is filled in on one side of the diagonal only. Coupling acts both ways:
W must equal its transpose.
"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    W = patterns.T @ patterns / patterns.shape[1]
    return np.triu(W, 1)
