"""validation set begins at the start

It looks like the validation set begins at the first row again, so that it holds the training
set. Where the first set stops, the second begins.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    train, validation, test = order[:a], order[:b], order[b:]
    return (X[train], y[train]), (X[validation], y[validation]), (X[test], y[test])
