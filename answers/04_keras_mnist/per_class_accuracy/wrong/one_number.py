"""one number

It looks like you return a single number. The point is to see each class: one share for each
row.

Breaks: ndarray, shape (n,)
"""


def per_class_accuracy(matrix):
    matrix = as_counts(matrix)
    return np.trace(matrix) / matrix.sum()
