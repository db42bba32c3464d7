"""background divided by signal

It looks like passing background is divided by the number of signal events. Each rate is a share
of its own class.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)
    tpr = np.append(0, np.cumsum(y)[last] / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / np.sum(y))
    return fpr, tpr, np.append(np.inf, score[last])
