"""test set begins too early

It looks like the test set begins where the validation set begins, so the validation samples are
in both. Between a and b lies the validation set; the test set begins at b.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    X, y = X[order], y[order]
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    return (X[:a], y[:a]), (X[a:b], y[a:b]), (X[a:], y[a:])
