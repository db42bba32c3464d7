"""a copy of the generator

It looks like all chance comes from a copy of `rng`, so that `rng` itself stays where it was and a
second interval repeats the first. Draw from `rng` itself.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    import copy

    rng = copy.deepcopy(rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(auc_rank(y[rows], score[rows]))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
