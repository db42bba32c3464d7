"""TNR in place of FPR

It looks like the first array is the true *negative* rate, 1 − FPR. The ROC curve has FPR along
its axis, and begins at 0.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)

    tpr = np.append(0, np.cumsum(y)[last] / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / np.sum(1 - y))
    return 1 - fpr, tpr, np.append(np.inf, score[last])
