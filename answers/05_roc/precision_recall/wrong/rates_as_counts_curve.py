"""rates in place of counts"""


def precision_recall(y, score):
    y, score = as_scored(y, score)
    fpr, tpr, thresholds = roc_curve(y, score)
    return tpr[1:] / (tpr[1:] + fpr[1:]), tpr[1:], thresholds[1:]
