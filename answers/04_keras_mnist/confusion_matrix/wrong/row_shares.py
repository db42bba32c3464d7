"""shares of each row

It looks like each row is divided by its sum. That is a good picture, but no count: the samples
of rare classes would look like many.

Breaks: ndarray, shape (n, n)
"""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    matrix = np.zeros((n, n))
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
