"""the second cut taken for a length

It looks like the second set has as many rows as the first two should have together: the place of
the second cut is used as a length. Slice from the first cut to the second.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    X, y = X[order], y[order]
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    return (X[:a], y[:a]), (X[a : a + b], y[a : a + b]), (X[a + b :], y[a + b :])
