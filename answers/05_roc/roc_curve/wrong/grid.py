"""a fixed grid of thresholds

It looks like the thresholds are a grid from 1 to 0. A score may have any range, and the curve
changes only at the scores themselves: use those.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    cuts = np.append(np.inf, np.linspace(1, 0, 101))
    tpr = np.array([np.mean(score[y == 1] >= t) for t in cuts])
    fpr = np.array([np.mean(score[y == 0] >= t) for t in cuts])
    return fpr, tpr, cuts
