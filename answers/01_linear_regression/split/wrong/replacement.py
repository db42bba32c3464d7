"""rows drawn with replacement

It looks like rows are drawn with replacement: some come up several times, others not at all.
Each row goes into exactly one part.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.integers(len(y), size=len(y))
    cuts = np.round(np.cumsum(fractions)[:-1] * len(y)).astype(int)
    return tuple((X[rows], y[rows]) for rows in np.split(order, cuts))
