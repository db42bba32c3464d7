"""always the same split

It looks like the split is the same whatever rng is: a seed of its own stands in the function.
Draw all chance from the rng you are given.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = np.random.default_rng(0).permutation(len(y))
    cuts = np.round(np.cumsum(fractions)[:-1] * len(y)).astype(int)
    return tuple((X[rows], y[rows]) for rows in np.split(order, cuts))
