"""every threshold asks every event

The curve is right, but it takes far too long for many events: each threshold goes through all
of them, which is O(m²). Sort once, then walk down the list.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    cuts = np.append(np.inf, np.unique(score)[::-1])
    tpr = np.array([np.mean(score[y == 1] >= t) for t in cuts])
    fpr = np.array([np.mean(score[y == 0] >= t) for t in cuts])
    return fpr, tpr, cuts
