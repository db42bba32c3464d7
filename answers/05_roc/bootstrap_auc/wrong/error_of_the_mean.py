"""divided by √n

It looks like the spread of the AUCs is divided by √n. More draws do not make your *data*
better: the spread itself is the uncertainty.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(auc_rank(y[rows], score[rows]))
    middle, error = np.mean(areas), 1.96 * np.std(areas) / np.sqrt(n)
    return middle - error, middle + error
