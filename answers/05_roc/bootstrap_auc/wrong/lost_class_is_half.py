"""a draw that lost a class counts one half

It looks like a draw that holds one class only is given the AUC 1/2. It has no AUC at all, and
no value may stand in for it: draw again.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    for _ in range(n):
        rows = rng.integers(len(y), size=len(y))
        both = 0 < np.sum(y[rows]) < len(rows)
        areas.append(auc_rank(y[rows], score[rows]) if both else 0.5)
    return tuple(np.quantile(areas, [0.025, 0.975]))
