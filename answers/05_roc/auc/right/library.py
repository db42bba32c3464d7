"""scikit-learn"""


def auc(fpr, tpr):
    fpr, tpr = as_curve(fpr, tpr)
    from sklearn import metrics

    return metrics.auc(fpr, tpr)
