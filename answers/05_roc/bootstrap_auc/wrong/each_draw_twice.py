"""each AUC noted twice

It looks like each draw is counted more than once, so that there are fewer than n of them. Note the
AUC of a draw once.

Breaks: How many times the
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(y):
            areas += [auc_rank(y[rows], score[rows])] * 2
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
