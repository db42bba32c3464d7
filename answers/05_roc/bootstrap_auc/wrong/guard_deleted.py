"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: If y and score do not
"""


def bootstrap_auc(y, score, n, rng):
    y, score = np.asarray(y), np.asarray(score, dtype=float)
    def area(y, score):
        signal, background = score[y == 1], score[y == 0]
        return np.mean(np.sign(signal[:, None] - background) / 2 + 0.5)

    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    while len(areas) < n:
        rows = rng.integers(len(y), size=len(y))
        if 0 < np.sum(y[rows]) < len(y):
            areas.append(area(y[rows], score[rows]))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
