"""rows drawn and areas listed one by one"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = [int(rng.integers(0, len(y))) for _ in y]
        labels = [y[i] for i in rows]
        if 0 < sum(labels) < len(labels):
            areas.append(auc_rank(labels, [score[i] for i in rows]))
    areas = np.array(areas)
    return np.percentile(areas, 2.5), np.percentile(areas, 97.5)
