"""rates in place of counts

It looks like precision is TPR / (TPR + FPR). That is right only where both classes are equally
common: go back from rates to counts first.
"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)

    tp, fp = np.cumsum(y)[last], np.cumsum(1 - y)[last]
    n1, n0, cuts = np.sum(y), np.sum(1 - y), score[last]

    return (tp / n1) / (tp / n1 + fp / n0), tp / n1, cuts
