"""negative when the curve runs backwards

Breaks: Points in order along
"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    return sum((fpr[i + 1] - fpr[i]) * (tpr[i + 1] + tpr[i]) / 2 for i in range(len(fpr) - 1))
