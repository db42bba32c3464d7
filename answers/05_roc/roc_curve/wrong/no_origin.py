"""the point (0, 0) is missing

It looks like the curve begins with the events of the highest score. Put the point before it,
where the threshold is infinite and nothing passes.

Breaks: fpr, tpr, thresholds : array
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)

    return np.cumsum(1 - y)[last] / np.sum(1 - y), np.cumsum(y)[last] / np.sum(y), score[last]
