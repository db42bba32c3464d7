"""missing 1/2

It looks like the two heights of a strip are added and not averaged: the factor 1/2 is missing.
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return abs(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1])))
