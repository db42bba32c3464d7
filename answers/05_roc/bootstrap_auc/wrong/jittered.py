"""noise on the scores

It looks like noise is added to the scores that are drawn. That breaks ties and adds a fluctuation
that the sample does not have: take the scores as they are.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(auc_rank(y[rows], score[rows] + 0.05 * rng.normal(size=len(y))))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
