"""thresholds from low to high

It looks like the curve runs backwards, from (1, 1) to (0, 0), with rising thresholds. Begin
where nothing passes: at the highest score, or above it.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)

    tpr = np.append(0, np.cumsum(y)[last] / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / np.sum(1 - y))
    return fpr[::-1], tpr[::-1], np.append(np.inf, score[last])[::-1]
