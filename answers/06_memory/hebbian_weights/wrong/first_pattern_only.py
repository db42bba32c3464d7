"""one pattern stored

It looks like only the first pattern is stored. Every pattern votes: W is a sum over all rows of
`patterns`.
"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    N = patterns.shape[1]
    W = np.outer(patterns[0], patterns[0]) / N
    np.fill_diagonal(W, 0)
    return W
