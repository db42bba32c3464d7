"""lists not turned into arrays

It looks like the function works on arrays only and fails for a list. Leave the stub's first lines in
place: they turn lists into arrays.

Breaks: patterns : array_like, shape
"""


def hebbian_weights(patterns):
    W = patterns.T @ patterns / patterns.shape[1]
    np.fill_diagonal(W, 0)
    return W
