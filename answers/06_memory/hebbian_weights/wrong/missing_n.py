"""missing 1/N

It looks like the votes of the patterns are added but not divided by N, the number of spins.
Then the energy scale grows with the size of the picture.
"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    W = patterns.T @ patterns
    np.fill_diagonal(W, 0)
    return W
