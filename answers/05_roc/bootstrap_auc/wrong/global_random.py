"""another source of randomness

It looks like the draws come from a generator of your own that nobody can set: the same `rng`
gives another interval every time. Use the generator you are given.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    rows_of = np.random.default_rng()
    while len(areas) < n:
        rows = rows_of.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(auc_rank(y[rows], score[rows]))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
