"""> in place of ≥

It looks like events whose score equals the threshold do not pass. They do.
"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    cuts = np.unique(score)[::-1]
    tp = np.array([np.sum((score > t) & (y == 1)) for t in cuts])
    fp = np.array([np.sum((score > t) & (y == 0)) for t in cuts])
    return tp / np.maximum(tp + fp, 1), tp / np.sum(y == 1), cuts
