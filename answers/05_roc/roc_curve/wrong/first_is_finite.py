"""a finite first threshold

It looks like the curve is right, but its first threshold is just above the highest score.
Nothing passes there whatever the scores are: the docstring puts np.inf.

Breaks: From (0, 0) at
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)
    tpr = np.append(0, np.cumsum(y)[last] / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / np.sum(1 - y))
    return fpr, tpr, np.append(score[0] + 1, score[last])
