"""trapezoids one by one"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    area = 0.0
    for i in range(len(fpr) - 1):
        area += abs(fpr[i + 1] - fpr[i]) * (tpr[i + 1] + tpr[i]) / 2
    return area
