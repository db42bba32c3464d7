"""the last event is never drawn

It looks like one event at the end of the sample is never drawn. The upper bound of rng.integers
is left out already: there is no 1 to take off.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(0, len(y) - 1, len(y))
        if 0 < np.sum(y[rows]) < len(rows):
            areas.append(auc_rank(y[rows], score[rows]))
    return tuple(np.quantile(areas, [0.025, 0.975]))
