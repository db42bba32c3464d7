"""one draw used n times

It looks like the rows are drawn once, before the loop, and every AUC is the same. Draw anew each
time.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    rows = rng.integers(len(y), size=len(y))
    while not 0 < np.sum(y[rows]) < len(y):
        rows = rng.integers(len(y), size=len(y))
    areas = []
    while len(areas) < n:
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(auc_rank(y[rows], score[rows]))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
