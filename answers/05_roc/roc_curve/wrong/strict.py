"""> in place of ≥

It looks like events whose score equals the threshold do not pass. Point i is what passes score
≥ thresholds[i], so the last point is (1, 1).

Breaks: point i is what
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    cuts = np.append(np.inf, np.unique(score)[::-1])
    tpr = 1 - np.searchsorted(np.sort(score[y == 1]), cuts, side="right") / np.sum(y == 1)
    fpr = 1 - np.searchsorted(np.sort(score[y == 0]), cuts, side="right") / np.sum(y == 0)
    return fpr, tpr, cuts
