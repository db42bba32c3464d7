"""Rounds down; the last part takes what is left."""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    m = len(y)
    n_train, n_validation = int(fractions[0] * m), int(fractions[1] * m)
    order = rng.permutation(m)
    train = order[:n_train]
    validation = order[n_train : n_train + n_validation]
    test = order[n_train + n_validation :]
    return (X[train], y[train]), (X[validation], y[validation]), (X[test], y[test])
