"""68 % in place of 95 %"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(auc_rank(y[rows], score[rows]))
    return np.percentile(areas, 16), np.percentile(areas, 84)
