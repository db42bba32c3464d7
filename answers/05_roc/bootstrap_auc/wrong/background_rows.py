"""only the background drawn anew"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    ones, zeros = np.flatnonzero(y == 1), np.flatnonzero(y == 0)
    for _ in range(n):
        rows = np.concatenate([ones, rng.choice(zeros, size=len(zeros))])
        areas.append(auc_rank(y[rows], score[rows]))
    return np.quantile(areas, 0.025), np.quantile(areas, 0.975)
