"""ties get their highest rank

It looks like events that tie all get the highest of their numbers. They get the mean of them,
halfway between the lowest and the highest.
"""


def auc_rank(y, score):
    y, score = as_scored(y, score)
    ranks = np.searchsorted(np.sort(score), score, side="right")
    n1 = np.sum(y == 1)
    return (np.sum(ranks[y == 1]) - n1 * (n1 + 1) / 2) / (n1 * (len(y) - n1))
