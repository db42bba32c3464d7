"""the stub's first line is gone

Breaks: y : array_like, shape
"""


def split(X, y, fractions, rng):
    X = np.array(X, dtype=float)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    train, validation, test = order[:a], order[a:b], order[b:]
    return (X[train], y[train]), (X[validation], y[validation]), (X[test], y[test])
