"""a draw that lost a class is left out

It looks like a draw that holds one class only is left out, and fewer than n values remain, at
worst none. Draw again until there are n.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    for _ in range(n):
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(rows):
            areas.append(auc_rank(y[rows], score[rows]))
    return tuple(np.quantile(areas, [0.025, 0.975]))
