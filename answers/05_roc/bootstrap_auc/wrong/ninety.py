"""90 % in place of 95 %

It looks like the interval leaves out 5 % at each end, and so holds 90 %. For 95 % leave out
half of that at either end.

Breaks: Return the central 95
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
    return tuple(np.quantile(areas, [0.05, 0.95]))
