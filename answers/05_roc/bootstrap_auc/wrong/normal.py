"""mean ± 1.96 σ in place of quantiles

It looks like the ends are the mean less and plus some standard deviations. AUCs lie lopsided
below 1, and such ends can even pass 1: take the quantiles of the values.
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
    return np.mean(areas) - 1.96 * np.std(areas), np.mean(areas) + 1.96 * np.std(areas)
