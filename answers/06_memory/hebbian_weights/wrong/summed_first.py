"""patterns summed first

It looks like the patterns are added up before they are multiplied, so each is coupled with the
others. Every pattern gives its own products; these are added.
"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    W = np.outer(patterns.sum(axis=0), patterns.sum(axis=0)) / patterns.shape[1]
    np.fill_diagonal(W, 0)
    return W
