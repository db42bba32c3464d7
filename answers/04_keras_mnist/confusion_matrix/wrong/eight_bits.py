"""counts in eight bits

It looks like large counts begin again at 0: an integer of a few bits holds no more. Use
dtype=int.
"""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    matrix = np.zeros((n, n), dtype=np.uint8)
    np.add.at(matrix, (y_true, y_pred), 1)
    return matrix
