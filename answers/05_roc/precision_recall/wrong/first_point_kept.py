"""the point where nothing passes kept

It looks like the curve's first point stays in, where nothing passes and precision is 0/0. There
is one point for each score.
"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    fpr, tpr, thresholds = roc_curve(y, score)
    tp, fp = tpr * np.sum(y == 1), fpr * np.sum(y == 0)
    return tp / (tp + fp), tpr, thresholds
