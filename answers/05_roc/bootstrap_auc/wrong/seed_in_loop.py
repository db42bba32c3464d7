"""every draw the same

It looks like all draws are the same, so that low and high are equal. A generator made anew
inside the loop begins at the same place every time: use the rng you are given.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = np.random.default_rng(1).integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(rows):
            areas.append(auc_rank(y[rows], score[rows]))
    return tuple(np.quantile(areas, [0.025, 0.975]))
