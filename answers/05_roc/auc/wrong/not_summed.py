"""pieces not added up

It looks like the result holds the area below every piece, one by one. The area below the curve is a
single number: add them up.

Breaks: float
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return abs(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2)
