"""the last point missing

It looks like the last point, (1, 1), is missing. The last event of all ends its group of ties,
though no other score follows.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, False)
    tpr = np.append(0, np.cumsum(y)[last] / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / np.sum(1 - y))
    return fpr, tpr, np.append(np.inf, score[last])
