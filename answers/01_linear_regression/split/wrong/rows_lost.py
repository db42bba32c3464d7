"""rows lost to rounding

It looks like every part's size is rounded down on its own, and a row or two end up in no part.
Let the last part take all that is left.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order, start, parts = rng.permutation(len(y)), 0, []
    for fraction in fractions:
        size = int(fraction * len(y))
        rows = order[start : start + size]
        parts.append((X[rows], y[rows]))
        start += size
    return tuple(parts)
