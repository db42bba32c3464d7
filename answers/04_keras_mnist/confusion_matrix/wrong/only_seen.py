"""classes that do not occur left out

It looks like the matrix has rows only for classes that occur. It is n × n whatever the sample
holds, so that two of them can be compared.

Breaks: Number of classes, also
"""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    from sklearn import metrics

    return metrics.confusion_matrix(y_true, y_pred)
