"""thresholds from low to high

It looks like the points come with rising thresholds, as in scikit-learn. Here they fall, and
recall ends at 1.

Breaks: Thresholds fall and none
"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    last = np.append(np.diff(score) != 0, True)

    tp, fp = np.cumsum(y)[last], np.cumsum(1 - y)[last]
    n1, n0, cuts = np.sum(y), np.sum(1 - y), score[last]

    return (tp / (tp + fp))[::-1], (tp / n1)[::-1], cuts[::-1]
