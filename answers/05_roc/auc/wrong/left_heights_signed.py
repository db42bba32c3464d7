"""rectangles from the left"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return np.sum(np.diff(fpr) * tpr[:-1])
