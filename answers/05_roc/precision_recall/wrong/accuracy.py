"""accuracy in place of precision

It looks like you count every right decision, true negatives too. That is accuracy, which rare
signal makes splendid and useless. Precision looks only at what passes.
"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)

    tp, fp = np.cumsum(y)[last], np.cumsum(1 - y)[last]
    n1, n0, cuts = np.sum(y), np.sum(1 - y), score[last]

    return (tp + n0 - fp) / len(y), tp / n1, cuts
