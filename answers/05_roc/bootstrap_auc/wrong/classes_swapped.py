"""signal and background exchanged

It looks like the labels are read the wrong way round: the AUC of each draw is the chance that
*background* has the higher score.

Breaks: Truth (1 signal
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    y = 1 - y
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(auc_rank(y[rows], score[rows]))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
