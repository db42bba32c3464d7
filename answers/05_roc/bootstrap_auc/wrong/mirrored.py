"""the interval mirrored

It looks like the quantiles are mirrored about the AUC of the sample. There is such an interval,
but it is another one, and can pass 1: here the quantiles themselves are asked for.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(rows):
            areas.append(auc_rank(y[rows], score[rows]))
    low, high = np.quantile(areas, [0.025, 0.975])
    area = auc_rank(y, score)
    return 2 * area - high, 2 * area - low
