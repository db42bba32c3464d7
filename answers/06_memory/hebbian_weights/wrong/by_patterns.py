"""divided by p

It looks like you divide by the number of patterns. Hebb's rule here divides by the number of
spins, so that what two sets of patterns store simply adds up.
"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    W = patterns.T @ patterns / len(patterns)
    np.fill_diagonal(W, 0)
    return W
