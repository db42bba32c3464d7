"""ranks in a tie half too low

It looks like ranks are too low by ½. A lone score is a tie of one, and keeps its place: how far
is the mean of a tie below its highest?
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    highest = np.cumsum(counts)
    ranks = (highest - counts / 2)[place]
    n1, n0 = np.sum(y == 1), np.sum(y == 0)
    return (np.sum(ranks[y == 1]) - n1 * (n1 + 1) / 2) / (n1 * n0)
