"""means subtracted

It looks like the mean of each spin is taken off first, as in a covariance. Hebb's rule
multiplies the spins as they are.
"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    centred = patterns - patterns.mean(axis=0)
    W = centred.T @ centred / patterns.shape[1]
    np.fill_diagonal(W, 0)
    return W
