"""divided by n₁, then multiplied by n₀

It looks like n₀ ends up above the line, since Python works from left to right. Put what you
divide by in brackets.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    highest = np.cumsum(counts)
    ranks = (highest - (counts - 1) / 2)[place]
    n1, n0 = np.sum(y == 1), np.sum(y == 0)
    return (np.sum(ranks[y == 1]) - n1 * (n1 + 1) / 2) / n1 * n0
