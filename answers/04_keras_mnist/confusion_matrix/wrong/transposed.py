"""rows and columns swapped

It looks like rows and columns have changed places: here rows are the truth and columns the
answer.

Breaks: Entry [i, j]: samples
"""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    matrix = np.zeros((n, n), dtype=int)
    np.add.at(matrix, (y_pred, y_true), 1)
    return matrix
