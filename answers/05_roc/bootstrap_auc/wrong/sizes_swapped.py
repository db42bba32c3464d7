"""class sizes exchanged

It looks like a draw holds as many signal events as there are background events, and the other way
round. Draw as many of each class as the sample has.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    signal, background = score[y == 1], score[y == 0]
    labels = np.repeat([1, 0], [len(background), len(signal)])
    areas = []
    for _ in range(n):
        ones, zeros = rng.choice(signal, len(background)), rng.choice(background, len(signal))
        areas.append(auc_rank(labels, np.append(ones, zeros)))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
