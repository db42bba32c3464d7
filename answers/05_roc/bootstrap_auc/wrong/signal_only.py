"""only the signal drawn anew

It looks like only signal events are drawn anew, and the background stays. Then the background's
own fluctuation is left out, and the interval is too narrow: draw from all events.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    signal, background = score[y == 1], score[y == 0]
    labels = np.repeat([1, 0], [len(signal), len(background)])
    areas = [
        auc_rank(labels, np.append(rng.choice(signal, size=len(signal)), background))
        for _ in range(n)
    ]
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
