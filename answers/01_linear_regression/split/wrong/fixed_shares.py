"""fractions are ignored

It looks like the shares of the three sets are fixed in your function. Take those that the
caller gives.

Breaks: fractions : three floats
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    a, b = (round(share * len(y)) for share in (0.6, 0.8))
    train, validation, test = order[:a], order[a:b], order[b:]
    return (X[train], y[train]), (X[validation], y[validation]), (X[test], y[test])
