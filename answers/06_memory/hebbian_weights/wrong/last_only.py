"""last pattern only

It looks like only the last pattern is stored: does each turn of your loop replace what the one
before has built up?

Breaks: Spins −1 and +1
"""


def hebbian_weights(patterns):
    patterns = as_spins(patterns, "patterns", ndim=2)
    for x in patterns:
        W = np.outer(x, x) / len(x)
    np.fill_diagonal(W, 0)
    return W
