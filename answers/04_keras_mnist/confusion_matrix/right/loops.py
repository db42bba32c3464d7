"""Plain Python, one sample at a time."""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    matrix = [[0] * n for _ in range(n)]
    for truth, answer in zip(y_true, y_pred):
        matrix[truth][answer] += 1
    return np.array(matrix)
