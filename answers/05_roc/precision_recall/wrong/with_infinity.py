"""an infinite threshold

It looks like there is a first point at an infinite threshold. Nothing passes there, and
precision would be 0/0: begin with the highest score.

Breaks: precision, recall, thresholds : array
"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)

    tp, fp = np.cumsum(y)[last], np.cumsum(1 - y)[last]
    n1, n0, cuts = np.sum(y), np.sum(1 - y), score[last]

    return np.append(1, tp / (tp + fp)), np.append(0, tp / n1), np.append(np.inf, cuts)
