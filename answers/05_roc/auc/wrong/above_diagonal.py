"""measured from the diagonal

It looks like you take the area between the curve and the diagonal, or twice that (the Gini
coefficient). The AUC goes down to the axis.
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return 2 * abs(np.trapezoid(tpr, fpr)) - 1
