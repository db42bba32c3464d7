"""with one's own counts"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    thresholds = np.unique(score)[::-1]
    tp, fp, fn, tn = np.array([counts_at(y, score, t) for t in thresholds]).T
    return tp / (tp + fp), tp / (tp + fn), thresholds
