"""ties split

It looks like events with equal scores make one point each. They pass together: one point for
each distinct score.

Breaks: Return precision and recall
"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    order = np.argsort(-score, kind="stable")
    y, score = y[order], score[order]
    tp = np.cumsum(y)
    return tp / np.arange(1, len(y) + 1), tp / np.sum(y), score
