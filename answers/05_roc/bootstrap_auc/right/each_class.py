"""each class drawn by itself, both of them"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    signal, background = score[y == 1], score[y == 0]
    labels = np.repeat([1, 0], [len(signal), len(background)])
    areas = [
        auc_rank(
            labels,
            np.append(
                rng.choice(signal, size=len(signal)), rng.choice(background, size=len(background))
            ),
        )
        for _ in range(n)
    ]
    return tuple(np.quantile(areas, [0.025, 0.975]))
