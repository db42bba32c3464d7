"""shares in place of counts

It looks like the entries are shares of all samples. The matrix counts: its entries are whole
numbers that sum to the number of samples.
"""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    matrix = np.zeros((n, n))
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix / len(y_true)
