"""each pair counted once"""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    matrix = np.zeros((n, n), dtype=int)
    for truth, answer in zip(y_true, y_pred):
        matrix[truth, answer] = 1
    return matrix
