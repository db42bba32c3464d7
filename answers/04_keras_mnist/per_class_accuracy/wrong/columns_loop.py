"""divided by column sums"""


def per_class_accuracy(matrix):
    matrix = as_counts(matrix)
    shares = []
    for i in range(len(matrix)):
        total = sum(matrix[:, i])
        shares.append(matrix[i, i] / total if total else np.nan)
    return np.array(shares)
