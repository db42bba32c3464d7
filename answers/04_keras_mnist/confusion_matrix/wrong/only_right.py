"""only right answers counted

It looks like only right answers are counted. The errors are the point: each one belongs in the
row of its truth and the column of its answer.

Breaks: Count how often each class
"""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    return np.diag(np.bincount(y_true[y_true == y_pred], minlength=n))
