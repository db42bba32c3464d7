"""the stub's first line is gone

It looks like the stub's first line is gone. It turns lists into arrays and refuses what does
not fit: put it back above your own lines.

Breaks: matrix : array_like
Breaks: ValueError if it is not
"""


def per_class_accuracy(matrix):
    total = matrix.sum(axis=1)
    return np.diag(matrix) / np.where(total > 0, total, np.nan)
