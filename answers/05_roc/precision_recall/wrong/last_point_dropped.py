"""the last point dropped in place of the first

It looks like recall and thresholds lose their last point. The one where nothing passes is the
first.
"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    fpr, tpr, thresholds = roc_curve(y, score)
    tp, fp = tpr[1:] * np.sum(y == 1), fpr[1:] * np.sum(y == 0)
    return tp / (tp + fp), tpr[:-1], thresholds[:-1]
