"""1 taken off the diagonal

It looks like 1 is taken off the diagonal. After the division other numbers stand there: set them
to 0.
"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    W = patterns.T @ patterns / patterns.shape[1]
    W = W - np.eye(len(W))
    return W
