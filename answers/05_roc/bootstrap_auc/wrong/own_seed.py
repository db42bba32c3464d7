"""rng not used

It looks like the draws do not come from `rng`: different generators give the same interval. Use
the generator you are given.

Breaks: rng : numpy.random.Generator
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    rng = np.random.default_rng(0)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(auc_rank(y[rows], score[rows]))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
