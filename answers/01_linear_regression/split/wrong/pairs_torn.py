"""X and y shuffled apart

It looks like X and y are shuffled each in its own order, and the pairs are torn. Shuffle row
numbers, and take both by them.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    cuts = np.round(np.cumsum(fractions)[:-1] * len(y)).astype(int)
    parts_of_x = np.split(rng.permutation(X), cuts)
    parts_of_y = np.split(rng.permutation(y), cuts)
    return tuple(zip(parts_of_x, parts_of_y))
