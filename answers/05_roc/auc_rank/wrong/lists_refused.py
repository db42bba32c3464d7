"""lists not turned into arrays

It looks like the function works on arrays only and fails for a list. Leave the stub's first lines in
place: they turn lists into arrays.

Breaks: y, score : array_like
"""


def auc_rank(y, score):
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    highest = np.cumsum(counts)
    ranks = (highest - (counts - 1) / 2)[place]
    n1, n0 = np.sum(y == 1), np.sum(y == 0)
    return (np.sum(ranks[y == 1]) - n1 * (n1 + 1) / 2) / (n1 * n0)
