"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: If an entry is
"""


def hebbian_weights(patterns):
    patterns = np.asarray(patterns, dtype=float)
    W = patterns.T @ patterns / patterns.shape[1]
    np.fill_diagonal(W, 0)
    return W
