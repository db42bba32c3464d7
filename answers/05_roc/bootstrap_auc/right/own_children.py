"""Each draw from a generator of its own, seeded by rng."""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        own = np.random.default_rng(rng.integers(2**63))
        rows = np.floor(len(y) * own.random(len(y))).astype(int)
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(auc_rank(y[rows], score[rows]))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
