"""turned round where needed"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    if fpr[0] > fpr[-1]:
        fpr, tpr = fpr[::-1], tpr[::-1]
    return np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2)
