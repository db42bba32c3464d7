"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: Others raise ValueError
"""


def confusion_matrix(y_true, y_pred, n):
    matrix = np.zeros((n, n), dtype=int)
    for truth, answer in zip(y_true, y_pred):
        if truth < n and answer < n:
            matrix[truth, answer] += 1
    return matrix
