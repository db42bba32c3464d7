"""fractions where per cent are expected

It looks like `np.percentile` is given 0.025 and 0.975, which it takes for fractions of one per
cent: both ends lie at the bottom. Give it per cent, or use `np.quantile`.
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
    return np.percentile(areas, 0.025), np.percentile(areas, 0.975)
