"""draws of n events

It looks like each draw holds n events, and then it may draw for ever. Two numbers meet here: n
says how many draws there are, the sample how many events are in one.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(0, len(y), n)
        if 0 < np.sum(y[rows]) < len(rows):
            areas.append(auc_rank(y[rows], score[rows]))
    return tuple(np.quantile(areas, [0.025, 0.975]))
