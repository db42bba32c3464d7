"""mean ± 1.96 σ in place of quantiles"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(rows):
            areas.append(auc_rank(y[rows], score[rows]))
    area = auc_rank(y, score)
    return area - 1.96 * np.std(areas), area + 1.96 * np.std(areas)
