"""68 % in place of 95 %

It looks like the interval reaches one standard deviation to each side, which covers 68 %. For
95 % take the quantiles at 2.5 % and 97.5 %.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(auc_rank(y[rows], score[rows]))
    return np.mean(areas) - np.std(areas), np.mean(areas) + np.std(areas)
