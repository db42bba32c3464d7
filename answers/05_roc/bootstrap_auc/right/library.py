"""scikit-learn"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    from sklearn.utils import resample

    areas = []
    while len(areas) < n:
        labels, values = resample(y, score, random_state=int(rng.integers(2**31)))
        if len(set(labels)) == 2:
            areas.append(auc_rank(labels, values))
    return np.percentile(areas, [2.5, 97.5])
