"""rng not used for the split

It looks like the shuffling does not come from rng, so nobody can repeat your split. Draw all
chance from the rng you are given.

Breaks: rng : numpy.random.Generator
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = np.random.permutation(len(y))
    cuts = np.round(np.cumsum(fractions)[:-1] * len(y)).astype(int)
    return tuple((X[rows], y[rows]) for rows in np.split(order, cuts))
