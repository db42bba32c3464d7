"""mean ranks in NumPy"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[place]
    n1 = np.sum(y == 1)
    return (np.sum(ranks[y == 1]) - n1 * (n1 + 1) / 2) / (n1 * (len(y) - n1))
