"""sorted the wrong way round

It looks like the walk begins with the lowest score, so the curve lists what *fails* a
threshold. Begin with the highest score: those events pass first.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)
    tpr = np.append(0, np.cumsum(y)[last] / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / np.sum(1 - y))
    return fpr, tpr, np.append(np.inf, score[last])
