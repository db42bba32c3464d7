"""negative when the curve runs backwards

It looks like the area comes out negative where the points begin at (1, 1). The widths are
negative there; the area is not.

Breaks: Return the area, never negative
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return np.trapezoid(tpr, fpr)
