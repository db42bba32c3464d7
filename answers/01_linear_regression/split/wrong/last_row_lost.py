"""a row left out at a border

It looks like a row at the end of a set, or at the border of two, is in none of them. A slice
leaves out its stop, −1 leaves out the last: leave a stop open to reach the end.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    train, validation, test = order[:a], order[a:b], order[b:-1]
    return (X[train], y[train]), (X[validation], y[validation]), (X[test], y[test])
