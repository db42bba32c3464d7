"""one set is not drawn at random

It looks like a set always holds the same rows of the table, its end say, or rows in order.
Shuffle all rows first, then cut.

Breaks: Deal the samples out at random
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    order = np.append(rng.permutation(b), np.arange(b, len(y)))
    train, validation, test = order[:a], order[a:b], order[b:]
    return (X[train], y[train]), (X[validation], y[validation]), (X[test], y[test])
