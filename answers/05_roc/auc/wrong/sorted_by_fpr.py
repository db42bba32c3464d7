"""points sorted by FPR

It looks like the points are sorted by FPR. Where the curve rises straight up, several points
share one FPR and lose their order: turn the whole curve round instead.
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    order = np.argsort(fpr, kind="stable")
    return np.trapezoid(tpr[order], fpr[order])
