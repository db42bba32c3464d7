"""divided by the errors

It looks like right answers are divided by wrong ones. A share is divided by all samples of the
class, right and wrong.
"""


def per_class_accuracy(matrix):
    matrix = as_counts(matrix)
    with np.errstate(invalid="ignore", divide="ignore"):
        right = np.diag(matrix)
        return right / (matrix.sum(axis=1) - right)
