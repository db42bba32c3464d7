"""one set is not drawn at random"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    train = np.sort(order[:b])[:a]
    validation, test = np.sort(order[:b])[a:], order[b:]
    return (X[train], y[train]), (X[validation], y[validation]), (X[test], y[test])
