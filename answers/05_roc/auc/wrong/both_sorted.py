"""FPR and TPR sorted each for itself

It looks like FPR and TPR are sorted each for itself. A point is a pair: where a curve falls and
rises again, its points are torn apart. Turn the whole curve round instead.
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return np.trapezoid(np.sort(tpr), np.sort(fpr))
