"""scores from a fitted normal

It looks like the draws are not events of the sample but new scores from a distribution fitted to it.
The bootstrap draws the events themselves, with replacement.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    signal, background = score[y == 1], score[y == 0]
    areas = []
    while len(areas) < n:
        ones = rng.normal(signal.mean(), signal.std(), len(signal))
        zeros = rng.normal(background.mean(), background.std(), len(background))
        areas.append(auc_rank(np.repeat([1, 0], [len(ones), len(zeros)]), np.append(ones, zeros)))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
