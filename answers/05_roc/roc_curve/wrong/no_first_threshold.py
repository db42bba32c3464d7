"""no threshold for the first point

It looks like thresholds are one fewer than the points. The first point, where nothing passes,
has one too.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)
    tpr = np.append(0, np.cumsum(y)[last] / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / np.sum(1 - y))
    return fpr, tpr, score[last]
