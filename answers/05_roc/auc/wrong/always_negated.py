"""sign turned whatever the order

It looks like the sign is always turned. The curve may run from either end: what counts is the
size.
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return -np.trapezoid(tpr, fpr)
