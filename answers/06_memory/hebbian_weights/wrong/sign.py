"""sign

It looks like the sign is turned round. Two spins that are equal in a pattern should want to
agree: a positive coupling.

Breaks: Return couplings that store
"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    W = -patterns.T @ patterns / patterns.shape[1]
    np.fill_diagonal(W, 0)
    return W
