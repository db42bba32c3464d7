"""with one's own curve"""


def bootstrap_auc(y, score, n, rng):
    y, score = as_scored(y, score)
    require_whole(least=1, n=n)
    require_generator(rng=rng)

    def draw():
        rows = rng.choice(len(y), size=len(y), replace=True)
        if y[rows].min() == y[rows].max():
            return draw()
        fpr, tpr, _ = roc_curve(y[rows], score[rows])
        return auc(fpr, tpr)

    areas = sorted(draw() for _ in range(n))
    return np.quantile(areas, 0.025), np.quantile(areas, 0.975)
