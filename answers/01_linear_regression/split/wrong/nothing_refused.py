"""fractions that do not sum to 1

It looks like fractions are taken as they come. The stub's line refuses those that are not three
or do not sum to 1: leave it in place.

Breaks: they sum to 1
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    train, validation, test = order[:a], order[a:b], order[b:]
    return (X[train], y[train]), (X[validation], y[validation]), (X[test], y[test])
