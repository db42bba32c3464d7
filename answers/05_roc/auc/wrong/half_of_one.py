"""half of one height

It looks like only one of the two heights is halved, because division goes before plus. Put the
sum in brackets.
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return abs(np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1] / 2)))
