"""classes shifted by one

It looks like every class is shifted by one place. Classes count from 0, as indices of an array
do.

Breaks: Classes from 0 to n
"""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    matrix = np.zeros((n, n), dtype=int)
    np.add.at(matrix, ((y_true + 1) % n, (y_pred + 1) % n), 1)
    return matrix
