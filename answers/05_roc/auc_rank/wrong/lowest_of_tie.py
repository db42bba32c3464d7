"""ties get their lowest rank

It looks like all events of a tie get its lowest rank, so that ties count 0. They share the mean
of their ranks.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    highest = np.cumsum(counts)
    ranks = (highest - counts + 1)[place]
    n1, n0 = np.sum(y == 1), np.sum(y == 0)
    return (np.sum(ranks[y == 1]) - n1 * (n1 + 1) / 2) / (n1 * n0)
