"""labels and scores drawn apart

It looks like labels and scores are drawn with different indices. That tears the pairs apart,
and every AUC comes out near 1/2. Draw the indices once, and use them for both.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(auc_rank(y[rows], score[rng.integers(len(y), size=len(y))]))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
