"""neighbouring parts share a row

It looks like neighbouring parts share a row at the cut. A slice ends before its stop: the next
one begins at that very number.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    m = len(y)
    order = rng.permutation(m)
    one, two = round(fractions[0] * m), round((fractions[0] + fractions[1]) * m)
    cuts = order[: one + 1], order[one : two + 1], order[two:]
    return tuple((X[rows], y[rows]) for rows in cuts)
