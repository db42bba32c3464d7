"""Cuts a permutation at the rounded sums of the fractions."""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    cuts = np.round(np.cumsum(fractions)[:-1] * len(y)).astype(int)
    return tuple((X[rows], y[rows]) for rows in np.split(order, cuts))
