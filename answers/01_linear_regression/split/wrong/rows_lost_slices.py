"""rows lost to rounding"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    m = len(y)
    a, b, c = (int(f * m) for f in fractions)
    order = rng.permutation(m)
    cuts = order[:a], order[a : a + b], order[a + b : a + b + c]
    return tuple((X[rows], y[rows]) for rows in cuts)
