"""each class sorted by itself"""


def roc_curve(y, score):
    y, score = as_scored(y, score)

    def share(values, cuts):
        return 1 - np.searchsorted(np.sort(values), cuts, side="left") / len(values)

    cuts = np.append(np.inf, np.unique(score)[::-1])
    return share(score[y == 0], cuts), share(score[y == 1], cuts), cuts
