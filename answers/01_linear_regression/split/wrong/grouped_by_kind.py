"""all X first, then all y

It looks like all parts of X come in one group and all parts of y in another. Each set is a pair
of its own X and y.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    train, validation, test = order[:a], order[a:b], order[b:]
    return (X[train], X[validation], X[test]), (y[train], y[validation], y[test])
