"""0 for an empty class

It looks like a class without a sample gets 0. That says it was always wrong; but it was never
asked. NaN says so.

Breaks: NaN for a class with
"""


def per_class_accuracy(matrix):
    matrix = as_counts(matrix)
    total = matrix.sum(axis=1)
    return np.diag(matrix) / np.maximum(total, 1)
