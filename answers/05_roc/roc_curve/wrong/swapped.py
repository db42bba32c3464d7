"""FPR and TPR swapped

It looks like the two rates have changed places. Signal steps up (TPR), background steps right
(FPR), and FPR is returned first.
"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)

    tpr = np.append(0, np.cumsum(y)[last] / np.sum(y))
    fpr = np.append(0, np.cumsum(1 - y)[last] / np.sum(1 - y))
    return tpr, fpr, np.append(np.inf, score[last])
