"""precision without brackets

It looks like FP is added after the division. What stands below the line goes in brackets.
"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    fpr, tpr, thresholds = roc_curve(y, score)
    tp, fp = tpr[1:] * np.sum(y == 1), fpr[1:] * np.sum(y == 0)
    return tp / tp + fp, tpr[1:], thresholds[1:]
