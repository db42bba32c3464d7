"""one set is not drawn at random"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    order = np.append(np.arange(a), a + rng.permutation(len(y) - a))
    train, validation, test = order[:a], order[a:b], order[b:]
    return (X[train], y[train]), (X[validation], y[validation]), (X[test], y[test])
