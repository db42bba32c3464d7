"""test part first

It looks like the parts come in another order than the fractions. The first fraction belongs to
the training set, the last to the test set.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    cuts = np.round(np.cumsum(fractions)[:-1] * len(y)).astype(int)
    train, validation, test = np.split(rng.permutation(len(y)), cuts)
    return (X[test], y[test]), (X[validation], y[validation]), (X[train], y[train])
