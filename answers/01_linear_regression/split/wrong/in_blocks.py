"""neighbours stay together

It looks like the rows keep their neighbours: they are turned round, or dealt out in blocks.
Shuffle them one by one.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    blocks = np.array_split(np.arange(len(y)), 4)
    order = np.concatenate([blocks[i] for i in rng.permutation(4)])
    a, b = (round(share * len(y)) for share in (fractions[0], fractions[0] + fractions[1]))
    train, validation, test = order[:a], order[a:b], order[b:]
    return (X[train], y[train]), (X[validation], y[validation]), (X[test], y[test])
