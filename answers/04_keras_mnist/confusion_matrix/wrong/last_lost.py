"""last class lost

It looks like the last class is never counted. Classes go from 0 to n − 1, and n − 1 is one of
them.

Breaks: n : int
"""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    matrix = np.zeros((n, n), dtype=int)
    for i in range(n - 1):
        for j in range(n - 1):
            matrix[i, j] = np.sum((y_true == i) & (y_pred == j))
    return matrix
