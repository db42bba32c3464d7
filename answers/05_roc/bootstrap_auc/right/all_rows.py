"""All rows drawn in one go, and again for those that lost a class."""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    rows = rng.integers(0, len(y), (n, len(y)))
    lost = [len(set(y[row])) < 2 for row in rows]
    while any(lost):
        rows[lost] = rng.choice(len(y), size=(sum(lost), len(y)))
        lost = [len(set(y[row])) < 2 for row in rows]
    areas = [auc_rank(y[row], score[row]) for row in rows]
    return np.percentile(areas, 2.5), np.percentile(areas, 97.5)
