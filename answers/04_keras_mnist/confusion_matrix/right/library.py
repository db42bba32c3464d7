"""scikit-learn's."""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    from sklearn import metrics

    return metrics.confusion_matrix(y_true, y_pred, labels=range(n))
