"""draws of half the sample

It looks like each draw holds fewer events than the sample. Then the interval belongs to a
smaller experiment, and is too wide: draw as many events as there are.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y) // 2)
        if 0 < np.sum(y[rows]) < len(rows):
            areas.append(auc_rank(y[rows], score[rows]))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
