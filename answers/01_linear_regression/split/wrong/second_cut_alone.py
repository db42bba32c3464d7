"""the second cut counted from the start

It looks like the second cut is the size of the validation set alone. A slice is told where it
ends in the whole list, so the second cut comes after both sets.

Breaks: A set has its share
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    a, b = round(fractions[0] * len(y)), round(fractions[1] * len(y))
    return tuple((X[rows], y[rows]) for rows in (order[:a], order[a:b], order[b:]))
