"""scikit-learn"""


def roc_curve(y, score):
    y, score = as_scored(y, score)
    from sklearn import metrics

    return metrics.roc_curve(y, score, drop_intermediate=False)
