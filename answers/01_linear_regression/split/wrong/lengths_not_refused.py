"""X and y that do not fit

It looks like X and y of unlike length are taken as they come. The stub's first line refuses
them: leave it in place.

Breaks: If shapes disagree or the fractions
"""


def split(X, y, fractions, rng):
    X, y = np.array(X, dtype=float), np.array(y, dtype=float)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    train, validation, test = order[:a], order[a:b], order[b:]
    return (X[train], y[train]), (X[validation], y[validation]), (X[test], y[test])
