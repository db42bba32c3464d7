"""the order of scikit-learn"""


def counts_at(y, score, threshold):
    y, score = as_scored(y, score, both=False)
    require_cut(threshold)
    from sklearn.metrics import confusion_matrix

    return tuple(confusion_matrix(y, score >= threshold, labels=[0, 1]).ravel())
