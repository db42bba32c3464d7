"""six arrays in place of three pairs

It looks like six arrays come back in a row. The docstring promises three pairs: each part's X
together with its y.

Breaks: three pairs (X, y)
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    cuts = np.round(np.cumsum(fractions)[:-1] * len(y)).astype(int)
    a, b, c = np.split(rng.permutation(len(y)), cuts)
    return X[a], y[a], X[b], y[b], X[c], y[c]
