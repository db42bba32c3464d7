"""FPR sorted without TPR

It looks like FPR is sorted and TPR is left as it was. A point is a pair: turn both round, or
neither.
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return np.trapezoid(tpr, np.sort(fpr))
