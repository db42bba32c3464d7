"""each pair counted once

It looks like each kind of pair is counted once, however often it occurs. With an array of
indices, += adds to an entry only once.
"""


def confusion_matrix(y_true, y_pred, n):
    y_true, y_pred = as_labels(n, y_true=y_true, y_pred=y_pred)
    matrix = np.zeros((n, n), dtype=int)
    matrix[y_true, y_pred] += 1
    return matrix
