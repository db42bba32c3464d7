"""precision divided by all events

It looks like true positives are divided by the number of all events. Precision is a share of
those that pass, TP + FP.
"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)

    tp, fp = np.cumsum(y)[last], np.cumsum(1 - y)[last]
    n1, n0, cuts = np.sum(y), np.sum(1 - y), score[last]

    return tp / len(y), tp / n1, cuts
