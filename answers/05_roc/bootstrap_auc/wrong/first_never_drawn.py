"""the first event is never drawn

It looks like the first event of the sample is never drawn. Rows are numbered from 0.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(1, len(y), len(y))
        if 0 < np.sum(y[rows]) < len(rows):
            areas.append(auc_rank(y[rows], score[rows]))
    return tuple(np.quantile(areas, [0.025, 0.975]))
