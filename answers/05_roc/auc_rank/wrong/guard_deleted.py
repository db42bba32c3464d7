"""guard line deleted

It looks like a line of the stub that checks the input is missing or changed. Put it back: it turns lists
into arrays, and refuses in words what does not fit.

Breaks: Raises ValueError if lengths differ
"""


def auc_rank(y, score):
    y, score = np.asarray(y), np.asarray(score, dtype=float)
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    highest = np.cumsum(counts)
    ranks = (highest - (counts - 1) / 2)[place]
    n1, n0 = np.sum(y == 1), np.sum(y == 0)
    return (np.sum(ranks[y == 1]) - n1 * (n1 + 1) / 2) / (n1 * n0)
