"""in percent

It looks like the shares are in percent. Give them from 0 to 1.

Breaks: From 0 to 1
"""


def per_class_accuracy(matrix):
    matrix = as_counts(matrix)
    with np.errstate(invalid="ignore"):
        return 100 * np.diag(matrix) / matrix.sum(axis=1)
