"""any scheme is taken

It looks like a scheme that is not known is taken for one of the two. The stub's lines refuse
it: leave them in place.

Breaks: ValueError for any other
"""


def init_weights(sizes, scheme, rng):
    weights = []
    for n_in, n_out in pairwise(sizes):
        variance = 2 / n_in if scheme == "he" else 2 / (n_in + n_out)
        W = rng.normal(scale=np.sqrt(variance), size=(n_in, n_out))
        weights.append((W, np.zeros(n_out)))
    return weights
