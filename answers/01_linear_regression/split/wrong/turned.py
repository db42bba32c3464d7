"""turned round, not shuffled

It looks like the table is turned round by a random number of rows and then cut, so that
neighbours stay together. Shuffle: every row should land anywhere.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    order = np.roll(np.arange(len(y)), rng.integers(len(y)))
    cuts = np.round(np.cumsum(fractions)[:-1] * len(y)).astype(int)
    return tuple((X[rows], y[rows]) for rows in np.split(order, cuts))
