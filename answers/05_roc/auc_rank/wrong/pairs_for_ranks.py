"""n₁(n₁−1)/2 taken off

It looks like n₁(n₁−1)/2 is taken off. The smallest ranks that n₁ events can have are 1, 2, … n₁:
what is their sum?
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    highest = np.cumsum(counts)
    ranks = (highest - (counts - 1) / 2)[place]
    n1, n0 = np.sum(y == 1), np.sum(y == 0)
    return (np.sum(ranks[y == 1]) - n1 * (n1 - 1) / 2) / (n1 * n0)
