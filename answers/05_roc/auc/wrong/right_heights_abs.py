"""rectangles from the right"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return abs(np.sum(np.diff(fpr) * tpr[1:]))
