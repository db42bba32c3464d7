"""row sums kept as a column

It looks like the sums of the rows stand in a column, as keepdims leaves them, so that dividing by
them gives a table. Divide one row of numbers by another.
"""


def per_class_accuracy(matrix):
    matrix = as_counts(matrix)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.diag(matrix) / matrix.sum(axis=1, keepdims=True)
