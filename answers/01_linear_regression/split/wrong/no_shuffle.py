"""not shuffled

It looks like the table is cut as it stands. If it is sorted, by distance say, training and test
rows come from different places: shuffle first.

Breaks: Deal the samples out at random
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    cuts = np.round(np.cumsum(fractions)[:-1] * len(y)).astype(int)
    return tuple(zip(np.split(X, cuts), np.split(y, cuts)))
