"""the axes swapped

It looks like you integrate FPR over TPR. That is the area to the left of the curve, 1 − AUC.
Which of the two is the height?
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return abs(np.trapezoid(fpr, tpr))
