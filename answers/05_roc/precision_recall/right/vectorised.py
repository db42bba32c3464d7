"""one sort"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(score[1:] < score[:-1], True)
    tp = np.cumsum(y)[last]
    return tp / (np.flatnonzero(last) + 1), tp / np.sum(y), score[last]
