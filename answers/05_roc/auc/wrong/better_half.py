"""never below one half

It looks like an area below 1/2 is turned into 1 minus itself. A classifier worse than guessing
has an area below 1/2, and you want to see it.
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    area = abs(np.trapezoid(tpr, fpr))
    return max(area, 1 - area)
