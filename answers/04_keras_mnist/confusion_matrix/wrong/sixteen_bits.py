"""counts in eight bits"""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    matrix = np.zeros((n, n), dtype=np.uint16)
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix
