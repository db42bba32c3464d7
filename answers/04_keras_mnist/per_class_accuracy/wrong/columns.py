"""divided by column sums

It looks like you divide by the sums of the columns: that is the share of right ones among the
answers. Rows are the truth here.

Breaks: A confusion matrix, rows the truth
"""


def per_class_accuracy(matrix):
    matrix = as_counts(matrix)
    total = matrix.sum(axis=0)
    return np.divide(np.diag(matrix), total, out=np.full(len(total), np.nan), where=total > 0)
