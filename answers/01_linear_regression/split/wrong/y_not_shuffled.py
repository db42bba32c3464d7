"""y not shuffled

It looks like X is shuffled and y stays as it stood, and the pairs are torn. Shuffle row
numbers, and take both by them.
"""


def split(X, y, fractions, rng):
    X, y = as_arrays(X=X, y=y)
    require_fractions(fractions)
    require_generator(rng=rng)
    cuts = np.round(np.cumsum(fractions)[:-1] * len(y)).astype(int)
    return tuple(zip(np.split(rng.permutation(X), cuts), np.split(y, cuts)))
