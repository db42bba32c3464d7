"""the sets in another order

It looks like the validation and the test set have changed places. The docstring gives the
order: training, validation, test.

Breaks: The share of each set, in
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    order = rng.permutation(len(y))
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    train, validation, test = order[:a], order[a:b], order[b:]
    return (X[train], y[train]), (X[test], y[test]), (X[validation], y[validation])
