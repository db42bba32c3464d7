"""counts in place of shares

It looks like you return the right answers themselves, not divided by anything. A frequent class
would always look good.
"""


def per_class_accuracy(matrix):
    matrix = as_counts(matrix)
    return np.diag(matrix)
