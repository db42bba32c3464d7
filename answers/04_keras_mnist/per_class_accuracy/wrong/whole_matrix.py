"""the whole matrix

It looks like you return all entries as shares of their row. Only the diagonal holds right
answers: one number for each class.
"""


def per_class_accuracy(matrix):
    matrix = as_counts(matrix)
    with np.errstate(invalid="ignore"):
        return matrix / matrix.sum(axis=1, keepdims=True)
