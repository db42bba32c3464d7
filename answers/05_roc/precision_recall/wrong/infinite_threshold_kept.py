"""infinite threshold kept

It looks like the first point, where nothing passes, is still there. Precision is 0/0 at it:
leave it out, so that there is one entry for each distinct score.
"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    fpr, tpr, thresholds = roc_curve(y, score)
    n1, n0 = np.sum(y == 1), np.sum(y == 0)
    tp, fp = tpr * n1, fpr * n0
    with np.errstate(invalid="ignore"):
        precision = tp / (tp + fp)
    return np.nan_to_num(precision), tpr, thresholds
