"""the least and the largest of the draws

It looks like the ends are the smallest and the largest AUC that was drawn. Those move farther
apart the more you draw: leave 2.5 % of the values out at either end.

Breaks: The 2.5 % and
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
    return min(areas), max(areas)
