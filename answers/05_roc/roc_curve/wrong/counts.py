"""counts in place of rates

It looks like the curve is made of numbers of events. A rate is a share: divide each count by
the number of events of its own class.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)
    tpr = np.append(0, np.cumsum(y)[last])
    fpr = np.append(0, np.cumsum(1 - y)[last])
    return fpr, tpr, np.append(np.inf, score[last])
