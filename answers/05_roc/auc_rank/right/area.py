"""the area under one's own curve"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    fpr, tpr, _ = roc_curve(y, score)
    return auc(fpr, tpr)
