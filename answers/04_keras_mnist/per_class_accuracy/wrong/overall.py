"""one accuracy for all

It looks like every class gets the accuracy of all classes together. Keep the rows apart.
"""


def per_class_accuracy(matrix):
    matrix = as_counts(matrix)
    return np.full(len(matrix), np.trace(matrix) / matrix.sum())
