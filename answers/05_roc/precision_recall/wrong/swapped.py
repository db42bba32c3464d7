"""precision and recall swapped

It looks like the two have changed places. Precision asks: of what passes, how much is signal?
Recall asks: of the signal, how much passes?
"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)

    tp, fp = np.cumsum(y)[last], np.cumsum(1 - y)[last]
    n1, n0, cuts = np.sum(y), np.sum(1 - y), score[last]

    return tp / n1, tp / (tp + fp), cuts
